'use client';

import type { Bot } from '@clawster/contract/bot';
import type { BotDrift, DriftedValue } from '@clawster/contract/drift';
import { factsOf, whyNot } from '@clawster/domain/bot/can';
import { adoptDrift } from '@clawster/domain/config/adopt-drift';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { rememberBot } from '../bot/use-bot-action.ts';
import { useWhyNot } from '../bot/use-why-not.ts';
import { type NotedChange, ValueChanges } from '../configuration/value-changes.tsx';
import { useIdentity, whyForbidden } from '../session/use-identity.ts';
import { AdoptDialog } from './adopt-dialog.tsx';

/** What on the bot's host is not as Clawster wrote it, to be put back or adopted; else what would become of such a change. */
export function DriftCard({ bot }: { bot: Bot }) {
  const { spec, status } = bot;
  if (status.drift) return <Drifted bot={bot} drift={status.drift} />;
  return (
    <p className="text-sm text-muted">
      {spec.drift === 'revert'
        ? 'What somebody else changes of this on its host is put back at once.'
        : 'What somebody else changes of this on its host is left, and shown here.'}{' '}
      <Link href={paths.bot(bot.id, 'overview')} className="text-accent underline underline-offset-2">
        Change that
      </Link>
    </p>
  );
}

type DriftedProps = { bot: Bot; drift: BotDrift };

function Drifted({ bot, drift }: DriftedProps) {
  const adopted = adoptDrift(bot.spec.settings, drift);
  return (
    <Card title="Changed on its host" actions={<Decision bot={bot} adopted={adopted} />}>
      <p className="text-sm" role="status">
        Found <Time at={drift.at} />: this is not what Clawster wrote there. {whatComes(bot)}
      </p>
      {drift.files.map(({ file, changes, more = 0 }) => (
        <section key={file} aria-label={file} className="mt-3">
          <h3 className="font-mono text-sm font-medium break-all">{file}</h3>
          <ValueChanges changes={changes.map(toNoted)} total={changes.length + more} />
        </section>
      ))}
      {'why' in adopted ? <p className="mt-3 text-sm text-muted">It cannot be adopted. {adopted.why}.</p> : null}
    </Card>
  );
}

function Decision({ bot, adopted }: { bot: Bot; adopted: ReturnType<typeof adoptDrift> }) {
  const [adopting, setAdopting] = useState(false);
  const putBack = usePutBack(bot);
  const decided = isDecided(bot) ? 'It is being written anew already' : undefined;
  const whyNotAdopt = useWhyNot()('update', bot) ?? decided ?? ('why' in adopted ? adopted.why : undefined);
  const whyNotPutBack = whyForbidden(useIdentity(), 'bot:operate', bot) ?? whyNot('update', factsOf(bot)) ?? decided;
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button whyNot={whyNotAdopt} onClick={() => setAdopting(true)}>
        Adopt…
      </Button>
      <Button look="primary" busy={putBack.isPending} whyNot={whyNotPutBack} onClick={() => putBack.mutate()}>
        Put back
      </Button>
      {adopting && 'settings' in adopted ? (
        <AdoptDialog bot={bot} settings={adopted.settings} onClose={() => setAdopting(false)} />
      ) : null}
    </div>
  );
}

function usePutBack({ id: botId, name }: Bot) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => client.bots.revertDrift({ botId }),
    onSuccess: (bot) => {
      rememberBot(queryClient, bot);
      tell(`What was changed on the host of ${name} is being put back.`);
    },
    onError: tellTrouble,
  });
}

/** Whatever was asked for since is written with everything else, and this with it. */
function isDecided({ generation, status }: Bot): boolean {
  return status.observedGeneration < generation;
}

function whatComes(bot: Bot): string {
  if (isDecided(bot)) return 'Clawster is writing there what is wanted now.';
  return bot.spec.drift === 'revert'
    ? 'By its policy Clawster puts it back without being asked.'
    : 'By its policy it is left until someone decides.';
}

const hiddenWords = { secret: 'looks like a secret, and is not shown', long: 'too long to be shown whole' };

function toNoted({ path, before, after, hidden }: DriftedValue): NotedChange {
  return { path: path ?? 'the text', before, after, note: hidden && hiddenWords[hidden] };
}
