'use client';

import { api } from '@clawster/contract/api';
import type { StoryLine } from '@clawster/contract/health';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { exactTime } from '../../lib/time.ts';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { SignalWord } from './verdict.tsx';

const marks: Record<StoryLine['kind'], string> = {
  began: 'bg-bad',
  change: 'bg-accent',
  phase: 'bg-off',
  ended: 'bg-ok',
};

/** What led to an incident, what was seen of the bot when it began, and how it ended. */
export function Story({ incidentId }: { incidentId: string }) {
  const { data, error, refetch } = useQuery(q(api.incidents.get, { incidentId }));
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-24 w-full" />;
  const { story, evidence, fix } = data;
  return (
    <div className="mt-2 grid gap-x-8 gap-y-4 lg:grid-cols-2">
      <section aria-label="Story">
        <h3 className="mb-1 font-medium">In order</h3>
        <ol className="space-y-1.5">
          {story.map(({ at, kind, text }) => (
            <li key={at + kind + text} className="flex gap-2.5">
              <span aria-hidden className={`mt-1.5 size-2 shrink-0 rounded-full ${marks[kind]}`} />
              <time dateTime={at} className="w-40 shrink-0 text-muted tabular-nums" suppressHydrationWarning>
                {exactTime(at)}
              </time>
              <span className="min-w-0 break-words">{text}</span>
            </li>
          ))}
        </ol>
        {fix ? <p className="mt-2 text-muted">{fix}.</p> : null}
      </section>
      <section aria-label="Seen then">
        <h3 className="mb-1 font-medium">What was seen then</h3>
        <ul className="space-y-1">
          {evidence
            .filter(({ state }) => state !== 'good')
            .map(({ kind, label, state, text }) => (
              <li key={kind + label} className="flex flex-wrap items-center gap-x-2">
                <span className="font-medium">{label}</span>
                <SignalWord state={state} />
                <span className="min-w-0 break-words text-muted">{text}</span>
              </li>
            ))}
        </ul>
      </section>
    </div>
  );
}
