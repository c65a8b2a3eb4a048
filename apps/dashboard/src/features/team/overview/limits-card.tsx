'use client';

import type { TeamDetail } from '@clawster/contract/team';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { usd } from '../../../lib/amount.ts';
import { lazily } from '../../../lib/lazily.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/page.tsx';
import { useWhyForbidden } from '../../session/use-identity.ts';
import { sayRights } from '../rights.ts';

const LimitsDialog = lazily(() => import('./limits-dialog.tsx').then((module) => module.LimitsDialog));

/** How far the team may go, and what people on channels may set going. */
export function LimitsCard({ team }: { team: TeamDetail }) {
  const { limits, channelRights, approvalsByAnother } = team;
  const [changing, setChanging] = useState(false);
  const forbidden = useWhyForbidden('team:manage');
  const facts: [string, string][] = [
    ['Open at once', `${limits.openTasks} in all, ${limits.tasksPerMember} of a member`],
    ['Passed on', `${limits.hops} times at most, to ${limits.fanOut} at once`],
    ['Time for a task', `${limits.taskMinutes} min`],
    [
      'Cost of one request',
      limits.usdPerOrigin === null ? 'No limit of its own' : `${usd(limits.usdPerOrigin)} at most`,
    ],
    ['Lead woken by itself', `${limits.wakesPerDay} times a day at most`],
    ['Approvals', approvalsByAnother ? 'By another than who set the goal' : 'By whoever may'],
    ['People on channels', sayRights(channelRights)],
  ];
  return (
    <Card
      title="Limits"
      actions={
        <Button icon={<Pencil />} whyNot={forbidden} onClick={() => setChanging(true)}>
          Change…
        </Button>
      }
    >
      <Facts facts={facts} columns="grid-cols-[9.5rem_minmax(0,1fr)]" />
      {changing ? <LimitsDialog team={team} onClose={() => setChanging(false)} /> : null}
    </Card>
  );
}
