'use client';

import type { TeamDetail } from '@clawster/contract/team';
import { CharterCard } from './charter-card.tsx';
import { Disband } from './disband.tsx';
import { FlowCard } from './flow-card.tsx';
import { LimitsCard } from './limits-card.tsx';
import { MembersCard } from './members-card.tsx';

/** How a team works: who asks whom, who is in it, what it is there for and how far it may go. */
export function Overview({ team }: { team: TeamDetail }) {
  return (
    <div className="space-y-5">
      <FlowCard team={team} />
      <MembersCard team={team} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <CharterCard team={team} />
        <LimitsCard team={team} />
      </div>
      <Disband team={team} />
    </div>
  );
}
