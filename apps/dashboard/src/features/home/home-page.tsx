'use client';

import { Card, Page, Skeleton } from '../../ui/page.tsx';
import { NewBotLink } from '../bot/new-bot-link.tsx';
import { NoBots } from '../bot/no-bots.tsx';
import { useBotCounts } from '../bot/use-bot-counts.ts';
import { useFleetHealth } from '../health/use-fleet-health.ts';
import { useIdentity } from '../session/use-identity.ts';
import { FleetHealth } from './fleet-health.tsx';
import { NeedsAttention } from './needs-attention.tsx';
import { RecentEvents } from './recent-events.tsx';
import { SpendToday } from './spend-today.tsx';
import { useAttention } from './use-attention.tsx';

/** What needs me, why, and what I can do about it; then how the fleet is; then what changed. */
export function HomePage() {
  const identity = useIdentity();
  const name = identity?.caller.kind === 'person' ? identity.caller.person.name.split(' ')[0] : undefined;
  const { counts, isSettled } = useBotCounts();
  const attention = useAttention();
  const isHealthKnown = !useFleetHealth().isPending;
  const none = counts?.total === 0;
  return (
    <Page title={name ? `Hello, ${name}` : 'Home'} actions={none ? undefined : <NewBotLink />}>
      {attention && isSettled && isHealthKnown ? (
        <div className="space-y-5">
          {none ? (
            <Card flush>
              <NoBots />
            </Card>
          ) : (
            <>
              <NeedsAttention {...attention} />
              <FleetHealth />
              <SpendToday />
            </>
          )}
          <RecentEvents />
        </div>
      ) : (
        <Waiting />
      )}
    </Page>
  );
}

/** How long the list at the top will be is not known yet: what stands beneath it comes with it, and never moves. */
function Waiting() {
  return (
    <div aria-busy className="space-y-5">
      {['h-28', 'h-40', 'h-96'].map((height) => (
        <Skeleton key={height} className={`w-full ${height}`} />
      ))}
    </div>
  );
}
