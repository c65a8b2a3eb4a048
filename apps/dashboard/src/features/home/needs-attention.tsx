'use client';

import type { ListedBot } from '@clawster/contract/bot';
import { CircleCheck } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { paths } from '../../lib/paths.ts';
import { Card } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { FixButton } from '../bot/fix-button.tsx';
import { Phase } from '../bot/phase.tsx';
import type { Attention, OtherTrouble } from './use-attention.tsx';

/** Everything that waits for a person, the worst first, each with its cause and the button that mends it. */
export function NeedsAttention({ halt, bots, hidden, others }: Attention) {
  if (!halt && bots.length + others.length === 0) return <AllWell />;
  return (
    <Card title="Needs attention" flush>
      <ul className="divide-y divide-line">
        {halt ? <OtherRow trouble={halt} /> : null}
        {bots.map((bot) => (
          <BotTrouble key={bot.id} bot={bot} />
        ))}
        {others.map((trouble) => (
          <OtherRow key={trouble.key} trouble={trouble} />
        ))}
      </ul>
      {hidden > 0 ? (
        <p className="border-t border-line px-4 py-2 text-sm text-muted">
          and {hidden.toLocaleString('en')} more: see{' '}
          <Link className="underline" href={paths.botsInPhase('failed')}>
            all failed bots
          </Link>
        </p>
      ) : null}
    </Card>
  );
}

function AllWell() {
  return (
    <Card title="Needs attention">
      <p className="flex h-10 items-center gap-2 text-muted">
        <CircleCheck aria-hidden className="size-4 text-ok" />
        Nothing needs you. Every bot that should run was heard from.
      </p>
    </Card>
  );
}

function BotTrouble({ bot }: { bot: ListedBot }) {
  const { status } = bot;
  return (
    <Row
      name={
        <Link href={paths.bot(bot.id)} className="font-medium hover:underline">
          {bot.name}
        </Link>
      }
      state={<Phase phase={status.phase} />}
      cause={
        <>
          {status.reason}
          <span className="text-faint">
            {' '}
            · <Time at={status.since} />
            {status.nextTryAt ? (
              <>
                {' '}
                · next try <Time at={status.nextTryAt} />
              </>
            ) : null}
          </span>
        </>
      }
      fix={<FixButton bot={bot} />}
    />
  );
}

function OtherRow({ trouble: { name, cause, fix, state } }: { trouble: OtherTrouble }) {
  return (
    <Row
      name={<span className="font-medium">{name}</span>}
      state={state ?? <span className="text-sm font-medium text-bad">✕ Failed</span>}
      cause={cause}
      fix={fix}
    />
  );
}

type Trouble = { name: ReactNode; state: ReactNode; cause: ReactNode; fix: ReactNode };

function Row({ name, state, cause, fix }: Trouble) {
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <div className="flex items-center gap-3">
          {name}
          {state}
        </div>
        <div className="text-sm text-muted">{cause}</div>
      </div>
      {fix}
    </li>
  );
}
