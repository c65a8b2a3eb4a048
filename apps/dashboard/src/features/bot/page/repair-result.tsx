import type { Finding, RepairReport, RepairStep } from '@clawster/contract/doctor';
import { Check, Wrench, X } from 'lucide-react';
import { count, duration } from '../../../lib/time.ts';
import { Card } from '../../../ui/page.tsx';

const names: Record<RepairStep['name'], string> = {
  permissions: 'Who may read its files',
  leftovers: 'Leftovers of earlier processes',
  'openclaw-doctor': "OpenClaw's own repairs",
  sessions: 'Its conversations',
  configuration: 'Its configuration',
};

/** What a repair did, step by step, and what it brought. */
export function RepairResult({ report }: { report: RepairReport }) {
  return (
    <Card title={report.ok ? 'Repaired' : 'The repair did not go through'} flush>
      <ol className="divide-y divide-line" aria-live="polite">
        {report.steps.map((step) => (
          <li key={step.name} className="flex gap-3 px-4 py-3" data-step={step.name}>
            <StepIcon step={step} />
            <div className="min-w-0 flex-1">
              <p className="font-medium">{names[step.name]}</p>
              <p className={`text-sm break-words ${step.ok ? 'text-muted' : 'text-bad'}`}>{step.text}</p>
            </div>
            <span className={`shrink-0 text-sm ${step.ok ? 'text-muted' : 'text-bad'}`}>{outcome(step)}</span>
          </li>
        ))}
      </ol>
      <p className="border-t border-line px-4 py-2 text-xs text-muted">
        {sayCount(report.before)} before, {sayCount(report.after)} after. Took {duration(report.durationMs)}.
      </p>
    </Card>
  );
}

function StepIcon({ step: { ok, changed } }: { step: RepairStep }) {
  if (!ok) return <X aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />;
  return changed ? (
    <Wrench aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
  ) : (
    <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-ok" />
  );
}

function outcome({ ok, changed }: RepairStep): string {
  if (!ok) return 'Failed';
  return changed ? 'Mended' : 'In order';
}

/** What is expected is no news. */
function sayCount(findings: Finding[]): string {
  const unexpected = findings.filter(({ expected }) => !expected).length;
  return count(unexpected, 'finding');
}
