'use client';

import type { BotStep } from '@clawster/contract/bot';
import { Check, Circle, X } from 'lucide-react';
import { duration } from '../../lib/time.ts';
import { useNow } from '../../lib/use-now.ts';
import { Spinner } from '../../ui/button.tsx';

/** The way to ready: which step runs, how long it takes, and what it waits for. */
export function StepList({ steps }: { steps: (Omit<BotStep, 'name'> & { name: string })[] }) {
  const now = useNow(steps.some((step) => step.state === 'running') ? 200 : 60_000);
  return (
    <ol className="space-y-3">
      {steps.map((step) => (
        <li key={step.name} className="flex min-h-10 gap-3" data-step={step.name} data-state={step.state}>
          <span className="mt-0.5 flex size-5 shrink-0 items-center justify-center">{icons[step.state]}</span>
          <span className="min-w-0 flex-1">
            <span className={`block font-medium ${step.state === 'waiting' ? 'text-muted' : ''}`}>{step.label}</span>
            {step.detail ? (
              <span className={`block text-sm ${step.state === 'failed' ? 'text-bad' : 'text-muted'}`}>
                {step.detail}
              </span>
            ) : null}
          </span>
          <span className="text-sm text-muted">{elapsed(step, now)}</span>
        </li>
      ))}
    </ol>
  );
}

const icons: Record<BotStep['state'], React.ReactNode> = {
  waiting: <Circle role="img" aria-label="Waiting:" className="size-3.5 text-line-strong" />,
  running: (
    <span role="img" aria-label="Running:" className="text-accent">
      <Spinner />
    </span>
  ),
  done: <Check role="img" aria-label="Done:" className="size-4.5 text-ok" />,
  failed: <X role="img" aria-label="Failed:" className="size-4.5 text-bad" />,
};

function elapsed({ startedAt, endedAt }: Pick<BotStep, 'startedAt' | 'endedAt'>, now: number): string {
  if (!startedAt) return '';
  return duration((endedAt ? new Date(endedAt).getTime() : now) - new Date(startedAt).getTime());
}
