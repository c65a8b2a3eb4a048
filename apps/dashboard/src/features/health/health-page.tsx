'use client';

import type { FleetHealth } from '@clawster/contract/health';
import Link from 'next/link';
import { paths } from '../../lib/paths.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Card, Page, Skeleton, Trouble } from '../../ui/page.tsx';
import { Causes } from './causes.tsx';
import { HealthBots, useHealthBots } from './health-bots.tsx';
import { Incidents, useIncidents } from './incidents.tsx';
import { useFleetHealth } from './use-fleet-health.ts';
import { Verdict, verdicts } from './verdict.tsx';

/** How the fleet is by cause, its bots the worst first, and when they were not well. */
export function HealthPage() {
  const { data, error, refetch } = useFleetHealth();
  const bots = useHealthBots();
  const incidents = useIncidents();
  // How long each will be is not known yet: they come together, and nothing moves afterwards.
  const isKnown = !bots.query.isPending && !incidents.query.isPending;
  return (
    <Page title="Health" lead="What needs somebody, and why.">
      {error && !data ? <Trouble message={sentenceOf(error)} retry={() => void refetch()} /> : null}
      {data && isKnown ? (
        <div className="space-y-5">
          <Fleet health={data} />
          <HealthBots {...bots} />
          <Incidents {...incidents} />
        </div>
      ) : error ? null : (
        <div aria-busy className="space-y-5">
          <Skeleton className="h-40 w-full" />
          <Skeleton className="h-96 w-full" />
        </div>
      )}
    </Page>
  );
}

function Fleet({ health: { verdicts: counts, causes } }: { health: FleetHealth }) {
  return (
    <Card title="Fleet">
      <ul className="flex flex-wrap gap-x-8 gap-y-3">
        {verdicts
          .filter((verdict) => verdict === 'good' || counts[verdict] > 0)
          .map((verdict) => (
            <li key={verdict}>
              <Link href={paths.health({ verdict })} className="group block">
                <span className="block text-xl font-semibold tracking-tight group-hover:underline">
                  {counts[verdict].toLocaleString('en')}
                </span>
                <Verdict verdict={verdict} />
              </Link>
            </li>
          ))}
      </ul>
      <div className="mt-4 border-t border-line pt-3">
        {causes.length > 0 ? (
          <Causes causes={causes} />
        ) : (
          <p className="text-sm text-muted">Nothing needs anybody right now.</p>
        )}
      </div>
    </Card>
  );
}
