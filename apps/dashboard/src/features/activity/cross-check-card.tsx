import { api } from '@clawster/contract/api';
import type { CrossCheck } from '@clawster/contract/trace';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { Warning } from '../../ui/warning.tsx';
import type { AskedUsage } from './loops.tsx';
import { sayDifferences } from './say-cross-check.ts';
import { botWord } from './words.ts';

/** Whether what the model gateway counted is what OpenClaw says it used: a difference is told, bot by bot. */
export function CrossCheckCard({ asked }: { asked: AskedUsage }) {
  const { data, error, refetch } = useQuery(q(api.traces.crossCheck, asked));
  const told = data?.items.flatMap((check) => {
    const differences = sayDifferences(check);
    return differences.length > 0 ? [{ check, differences }] : [];
  });
  const calls = data?.items.reduce((sum, { gateway }) => sum + gateway.calls, 0) ?? 0;
  return (
    <Card title="Counted twice">
      {error && !data ? <Trouble message={sentenceOf(error)} retry={() => void refetch()} /> : null}
      {told || error ? null : <Skeleton className="h-5 w-1/2" />}
      {told ? <Told told={told} calls={calls} /> : null}
    </Card>
  );
}

type ToldProps = { told: { check: CrossCheck; differences: string[] }[]; calls: number };

function Told({ told, calls }: ToldProps) {
  if (told.length === 0)
    return (
      <p className="flex items-start gap-2 text-sm">
        <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-ok" />
        {calls === 0
          ? 'No model was called in this time.'
          : `Model gateway and OpenClaw agree on ${count(calls, 'model call')} and all their tokens.`}
      </p>
    );
  return (
    <ul className="space-y-2">
      {told.map(({ check, differences }) => (
        <li key={check.botId}>
          <Warning>
            <span className="font-medium">{botWord(check)}:</span> {differences.join(' ')}
          </Warning>
        </li>
      ))}
    </ul>
  );
}
