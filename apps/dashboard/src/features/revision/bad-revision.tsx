'use client';

import type { Bot } from '@clawster/contract/bot';
import type { RevisionCause } from '@clawster/contract/revision';
import Link from 'next/link';
import { useState } from 'react';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/page.tsx';
import { useWhyNot } from '../bot/use-why-not.ts';
import type { Bad } from './revision-outcome.ts';
import { RollBackDialog } from './roll-back-dialog.tsx';
import { sayCause } from './say-cause.ts';

/** What a bot was to be did not run: why, by what it works meanwhile, and what can be done. */
export function BadRevision({ bot, bad, good }: Bad & { bot: Bot }) {
  const isOfBot = bad.cause.kind === 'bot' || bad.cause.kind === 'rollback';
  return (
    <Card
      title={`Revision ${bad.number} did not run`}
      actions={good && isOfBot ? <RollBack bot={bot} good={good} /> : undefined}
    >
      <div className="space-y-2 text-sm">
        <p role="alert" className="break-words text-bad">
          {bad.verdictReason ?? 'Its gateway was not well with it.'}
        </p>
        <p>{sayMeanwhile(bot, good)}</p>
        <p className="text-muted">
          {isOfBot ? 'Correct it below and save, or roll back.' : <WhereToCorrect cause={bad.cause} />}
        </p>
      </div>
    </Card>
  );
}

function RollBack({ bot, good }: { bot: Bot; good: NonNullable<Bad['good']> }) {
  const [asked, setAsked] = useState(false);
  const unable = useWhyNot()('update', bot);
  return (
    <>
      <Button look="primary" whyNot={unable} onClick={() => setAsked(true)}>
        Roll back to revision {good.number}…
      </Button>
      {asked ? <RollBackDialog bot={bot} revision={good} onClose={() => setAsked(false)} /> : null}
    </>
  );
}

function sayMeanwhile({ status: { phase } }: Bot, good: Bad['good']): string {
  if (!good) return 'No revision before it is known to have run well.';
  return phase === 'ready' || phase === 'degraded'
    ? `The bot works on with the last configuration that ran well, that of revision ${good.number}.`
    : `Revision ${good.number} is the last that ran well.`;
}

/** To roll the bot back would not change what it shares with others. */
function WhereToCorrect({ cause }: { cause: RevisionCause }) {
  const place = placeOf(cause);
  return (
    <>
      {sayCause({ cause })}: correct that, or change the bot itself below.{' '}
      {place ? (
        <Link href={place} className="text-accent underline underline-offset-2">
          Open it
        </Link>
      ) : null}
    </>
  );
}

function placeOf({ kind, id }: RevisionCause): string | undefined {
  if (kind === 'connector') return paths.connectors;
  if (kind === 'template' || kind === 'profile' || kind === 'overlay') return paths.configuration(`${kind}s`, id);
  return undefined;
}
