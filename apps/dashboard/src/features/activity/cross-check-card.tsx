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
  return (
    <Card title="Counted twice">
      {error && !data ? <Trouble message={sentenceOf(error)} retry={() => void refetch()} /> : null}
      {told || error ? null : <Skeleton className="h-5 w-1/2" />}
      {told ? <Told told={told} /> : null}
      {data ? <Agreed checks={data.items} isAll={told?.length === 0} /> : null}
    </Card>
  );
}

function Told({ told }: { told: { check: CrossCheck; differences: string[] }[] }) {
  if (told.length === 0) return null;
  return (
    <ul className="mb-3 space-y-2">
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

/** What was compared, and what was asked of models besides the turns. */
function Agreed({ checks, isAll }: { checks: CrossCheck[]; isAll: boolean }) {
  const sumOf = (figure: (check: CrossCheck) => number) => checks.reduce((sum, check) => sum + figure(check), 0);
  const calls = sumOf(({ gateway }) => gateway.calls);
  const unused = sumOf((check) => check.unused);
  if (calls + unused === 0) return <p className="text-sm text-muted">No model was called in this time.</p>;
  return (
    <div className="space-y-1 text-sm">
      {isAll ? (
        <p className="flex items-start gap-2">
          <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-ok" />
          Model gateway and OpenClaw agree on {count(calls, 'model call')} and all their tokens.
        </p>
      ) : (
        <p>Of the other bots, model gateway and OpenClaw agree.</p>
      )}
      {unused > 0 ? (
        <p className="text-muted">
          {count(unused, 'answer')} besides belonged to no turn, such as those to the check of a bot's model.
        </p>
      ) : null}
    </div>
  );
}
