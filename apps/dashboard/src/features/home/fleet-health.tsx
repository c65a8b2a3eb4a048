'use client';

import type { BotPhase } from '@clawster/contract/bot';
import Link from 'next/link';
import { paths } from '../../lib/paths.ts';
import { Card, Skeleton } from '../../ui/page.tsx';
import { phaseLooks, Phase } from '../bot/phase.tsx';
import { useBotCounts } from '../bot/use-bot-counts.ts';
import { Causes } from '../health/causes.tsx';
import { useFleetHealth } from '../health/use-fleet-health.ts';

const phases = [
  'ready',
  'starting',
  'installing',
  'pending',
  'degraded',
  'failed',
  'unknown',
  'pausing',
  'paused',
  'stopping',
  'stopped',
  'destroying',
] as const satisfies BotPhase[];
const colours: Partial<Record<BotPhase, string>> = {
  ready: 'bg-ok',
  degraded: 'bg-warn',
  failed: 'bg-bad',
  starting: 'bg-warn/60',
  installing: 'bg-warn/60',
  pending: 'bg-warn/60',
  unknown: 'bg-off',
  pausing: 'bg-off/60',
  paused: 'bg-off/60',
  stopping: 'bg-line-strong',
  stopped: 'bg-line-strong',
  destroying: 'bg-line-strong',
};

const causesMax = 3;

/** The fleet in one bar, each phase in words beneath it, and what is the matter with whom. */
export function FleetHealth() {
  const all = useBotCounts().counts;
  const causes = useFleetHealth().data?.causes ?? [];
  const counts = all?.phases;
  const shown = phases.filter((phase) => phase === 'ready' || (counts?.[phase] ?? 0) > 0);
  const sentence = counts
    ? phases.map((phase) => `${counts[phase]} ${phaseLooks[phase].word.toLowerCase()}`).join(', ')
    : 'Loading';
  return (
    <Card
      title="Fleet"
      actions={
        <Link href={paths.health()} className="text-sm text-accent underline underline-offset-2">
          Health
        </Link>
      }
    >
      <div role="img" aria-label={sentence} className="flex h-2 gap-px overflow-hidden rounded-full bg-hover">
        {counts
          ? phases.map((phase) =>
              counts[phase] > 0 ? (
                <span key={phase} className={colours[phase]} style={{ flexGrow: counts[phase], minWidth: 4 }} />
              ) : null,
            )
          : null}
      </div>
      <ul className="mt-4 flex min-h-12 flex-wrap gap-x-8 gap-y-3">
        {counts
          ? shown.map((phase) => (
              <li key={phase}>
                <Link href={paths.botsInPhase(phase)} className="group block">
                  <span className="block text-xl font-semibold tracking-tight group-hover:underline">
                    {counts[phase].toLocaleString('en')}
                  </span>
                  <Phase phase={phase} />
                </Link>
              </li>
            ))
          : [1, 2, 3].map((key) => (
              <li key={key} className="space-y-1.5">
                <Skeleton className="h-5 w-10" />
                <Skeleton className="h-4 w-16" />
              </li>
            ))}
        {counts ? (
          <li className="ml-auto hidden self-end text-sm text-muted sm:block">
            {all?.total.toLocaleString('en')} in all
          </li>
        ) : null}
      </ul>
      {causes.length > 0 ? (
        <div className="mt-4 border-t border-line pt-3">
          <Causes causes={causes} max={causesMax} />
        </div>
      ) : null}
    </Card>
  );
}
