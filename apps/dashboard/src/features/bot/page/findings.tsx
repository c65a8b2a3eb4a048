import type { Finding } from '@clawster/contract/doctor';
import { ChevronRight, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { count } from '../../../lib/time.ts';
import { Card } from '../../../ui/page.tsx';

type FindingsProps = { findings: Finding[]; actions?: ReactNode; note?: ReactNode };

/** What the doctor found and somebody should look at; what our baseline wants so stands apart, folded up. */
export function Findings({ findings, actions, note }: FindingsProps) {
  const unexpected = findings.filter(({ expected }) => !expected);
  const expected = findings.filter((finding) => finding.expected);
  return (
    <Card
      title={unexpected.length === 0 ? 'Nothing found' : count(unexpected.length, 'finding')}
      actions={actions}
      flush
    >
      <ul className="divide-y divide-line" aria-live="polite">
        {unexpected.length === 0 ? (
          <li className="flex items-center gap-2 p-4 text-muted">
            <CircleCheck aria-hidden className="size-4 text-ok" />
            The doctor is content.
          </li>
        ) : null}
        {unexpected.map((finding, index) => (
          <FindingRow key={finding.checkId + index} finding={finding} />
        ))}
      </ul>
      {expected.length > 0 ? <Expected findings={expected} /> : null}
      {note ? <p className="border-t border-line px-4 py-2 text-xs text-muted">{note}</p> : null}
    </Card>
  );
}

function FindingRow({ finding }: { finding: Finding }) {
  return (
    <li className="flex gap-3 p-4">
      <SeverityIcon severity={finding.severity} />
      <div className="min-w-0 space-y-1">
        <p className="break-words">
          <span className="sr-only">{finding.severity}: </span>
          {finding.message}
        </p>
        {finding.fixHint ? <p className="text-sm break-words text-muted">{finding.fixHint}</p> : null}
        <Where finding={finding} />
      </div>
    </li>
  );
}

function Expected({ findings }: { findings: Finding[] }) {
  return (
    <details className="group border-t border-line">
      <summary className="flex cursor-pointer list-none items-center gap-2 px-4 py-2.5 text-sm text-muted hover:text-text">
        <ChevronRight aria-hidden className="size-4 shrink-0 transition-transform group-open:rotate-90" />
        {findings.length} expected: our baseline wants it so
      </summary>
      <ul className="divide-y divide-line border-t border-line">
        {findings.map((finding, index) => (
          <li key={finding.checkId + index} className="space-y-1 py-3 pr-4 pl-10 text-sm">
            <p className="break-words">{finding.message}</p>
            {finding.why ? <p className="text-muted">{finding.why}</p> : null}
            <Where finding={finding} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function SeverityIcon({ severity }: { severity: string }) {
  if (severity !== 'error' && !severity.startsWith('warn'))
    return <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />;
  return (
    <TriangleAlert
      aria-hidden
      className={`mt-0.5 size-4 shrink-0 ${severity === 'error' ? 'text-bad' : 'text-warn'}`}
    />
  );
}

function Where({ finding: { checkId, path } }: { finding: Finding }) {
  return <p className="font-mono text-xs break-words text-faint">{[checkId, path].filter(Boolean).join(' · ')}</p>;
}
