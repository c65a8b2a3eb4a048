import { api } from '@clawster/contract/api';
import type { SecretImpact } from '@clawster/contract/rotation';
import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { sayImpact } from './say-impact.ts';

/** What another value of a secret touches; undefined until it is known. */
export function useImpact(secretId: string) {
  return useQuery({ ...q(api.rotations.impact, { secretId }), staleTime: 0 });
}

/** The blast radius: in sentences, and bot by bot for whoever wants to know. */
export function BlastRadius({ impact: { data, error } }: { impact: ReturnType<typeof useImpact> }) {
  if (error && !data) return <Trouble message={sentenceOf(error)} />;
  if (!data) return <Skeleton className="h-24 w-full" />;
  const unlisted = data.counts.bots - data.bots.length;
  return (
    <section aria-label="What it touches" className="rounded-md border border-line bg-ground p-3 text-sm">
      <ul className="list-disc space-y-1 pl-4">
        {sayImpact(data).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {data.bots.length > 0 ? (
        <details className="group mt-2">
          <summary className="flex cursor-pointer list-none items-center gap-1 font-medium">
            <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
            Bot by bot
          </summary>
          {/* It scrolls by itself, and so must be reached by keyboard. */}
          <ul tabIndex={0} aria-label="Bots" className="mt-2 max-h-48 divide-y divide-line overflow-y-auto">
            {data.bots.map((bot) => (
              <BotLine key={bot.botId} bot={bot} />
            ))}
            {unlisted > 0 ? <li className="py-1.5 text-muted">and {count(unlisted, 'more bot')}</li> : null}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

function BotLine({ bot }: { bot: SecretImpact['bots'][number] }) {
  const { botName, wave, running, reload, uses, interruption } = bot;
  return (
    <li className="py-1.5">
      <span className="font-medium break-words">{botName}</span>{' '}
      <span className="text-muted">
        wave {wave} · by {uses.map(({ name }) => name).join(', ')} ·{' '}
        {running ? (reload === 'hot' ? 'as it runs' : 'it restarts') : 'when it starts'}
      </span>
      <span className="block text-muted">{interruption}</span>
    </li>
  );
}
