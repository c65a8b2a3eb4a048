'use client';

import { api } from '@clawster/contract/api';
import type { Goal } from '@clawster/contract/goal';
import type { TeamDetail } from '@clawster/contract/team';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Flag } from 'lucide-react';
import { usd } from '../../lib/amount.ts';
import { lazily } from '../../lib/lazily.tsx';
import { paths } from '../../lib/paths.ts';
import { qPages } from '../../lib/query.ts';
import { Empty } from '../../ui/empty.tsx';
import { LinkedRow } from '../../ui/linked-row.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { PagedList } from '../../ui/paged-list.tsx';
import { Progress } from '../../ui/progress.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { useOpened } from '../configuration/use-opened.ts';
import { goalLooks, sayDay } from './goal-looks.ts';

const GoalView = lazily(
  () => import('./goal-view.tsx').then((module) => module.GoalView),
  <Skeleton className="h-96 w-full" />,
);

/** What a team is to reach: all of it, or the goal that is open. */
export function Goals({ team }: { team: TeamDetail }) {
  const [opened, setOpened] = useOpened();
  return opened ? (
    <GoalView key={opened} goalId={opened} team={team} onClose={() => setOpened(undefined)} />
  ) : (
    <List team={team} />
  );
}

function List({ team }: { team: TeamDetail }) {
  const query = useInfiniteQuery(qPages(api.goals.list, { teamId: team.id }));
  return (
    <PagedList
      label="Goals"
      query={query}
      empty={
        <Empty icon={<Flag />} title="No goals yet">
          Set one, and {team.lead.botName} proposes a plan: milestones, tasks, and who does them. Nothing begins before
          you approve it.
        </Empty>
      }
    >
      {(goal, at) => <GoalRow key={goal.id} goal={goal} index={at} />}
    </PagedList>
  );
}

function GoalRow({ goal, index }: { goal: Goal; index: number }) {
  const { id, teamId, title, state, reason, dueOn, costUsd, tasks } = goal;
  return (
    <LinkedRow
      index={index}
      href={paths.team(teamId, 'goals', id)}
      title={title}
      marks={<StateWord look={goalLooks[state]} />}
      about={
        <p className="break-words">
          {reason}
          {dueOn ? ` · by ${sayDay(dueOn)}` : ''}
        </p>
      }
    >
      <div className="w-44 space-y-1 text-sm text-muted tabular-nums">
        <Progress value={tasks.total > 0 ? tasks.done / tasks.total : 0} label={`Tasks of ${title} that are done`} />
        <p className="flex justify-between">
          <span>
            {tasks.done} of {tasks.total} tasks
          </span>
          <span>{usd(costUsd)}</span>
        </p>
      </div>
    </LinkedRow>
  );
}
