import type { Evidence } from '@clawster/contract/bot';
import { Check, X } from 'lucide-react';
import { Time } from '../../../ui/time.tsx';

const sources: Record<Evidence['source'], string> = {
  target: 'Target',
  supervisor: 'Supervisor',
  gateway: 'Gateway',
  model: 'Model',
};

/** What was seen, by whom, and when. */
export function EvidenceList({ evidence }: { evidence: Evidence[] }) {
  if (evidence.length === 0) return <p className="text-sm text-muted">Nothing has been seen of this bot yet.</p>;
  return (
    <ul className="space-y-2 text-sm">
      {evidence.map(({ source, ok, text, at }) => (
        <li key={source + at + text} className="flex gap-2">
          {ok ? (
            <Check role="img" aria-label="Good:" className="mt-0.5 size-4 shrink-0 text-ok" />
          ) : (
            <X role="img" aria-label="Bad:" className="mt-0.5 size-4 shrink-0 text-bad" />
          )}
          <span className="min-w-0 flex-1">
            <span className="font-medium">{sources[source]}</span> <span className="text-muted">{text}</span>
          </span>
          <Time at={at} className="shrink-0 text-muted" />
        </li>
      ))}
    </ul>
  );
}
