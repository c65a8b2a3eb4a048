'use client';

import { api } from '@clawster/contract/api';
import type { TaskState } from '@clawster/contract/goal';
import type { OutputOf } from '@clawster/contract/route';
import type { TeamDetail } from '@clawster/contract/team';
import { useQuery } from '@tanstack/react-query';
import { SquareKanban } from 'lucide-react';
import Link from 'next/link';
import { usd } from '../../lib/amount.ts';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { Empty } from '../../ui/empty.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { WordSelect } from '../../ui/word-select.tsx';
import { sayDay, taskLooks } from './goal-looks.ts';
import { TaskMenu } from './task-menu.tsx';

type BoardTask = OutputOf<typeof api.goals.board>['items'][number];

/** Tasks that failed or were left out need somebody as those do that are blocked. */
const columns: { name: string; states: TaskState[] }[] = [
  { name: 'Planned', states: ['planned'] },
  { name: 'Ready', states: ['ready'] },
  { name: 'Open', states: ['open'] },
  { name: 'Blocked', states: ['blocked', 'failed'] },
  { name: 'Done', states: ['done', 'cancelled'] },
];
/** How far bots are changes without an event. */
const lookAgainMs = 10_000;

/** The tasks of a team's goals by how far they are. */
export function Board({ team }: { team: TeamDetail }) {
  const [params, setParams] = useUrlState();
  const goalId = params.get('goal') ?? '';
  const asked = { teamId: team.id, ...(goalId ? { goalId } : {}) };
  const { data, error, refetch } = useQuery({ ...q(api.goals.board, asked), refetchInterval: lookAgainMs });
  const goals = useQuery(q(api.goals.list, { teamId: team.id, limit: 50 })).data?.items ?? [];
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-[32rem] w-full" />;
  if (data.items.length === 0 && !goalId)
    return (
      <Card flush>
        <Empty icon={<SquareKanban />} title="No tasks yet">
          Tasks of approved plans stand here, from planned to done. Set the team a goal to begin.
        </Empty>
      </Card>
    );
  return (
    <div className="space-y-3">
      <WordSelect
        label="Of which goal"
        all="Tasks of all goals"
        words={Object.fromEntries(goals.map(({ id, title }) => [id, title]))}
        value={goalId}
        onChange={(value) => setParams({ goal: value || null })}
      />
      <div tabIndex={0} role="region" aria-label="Board" className="overflow-x-auto pb-2">
        <div className="grid min-w-[60rem] grid-cols-5 items-start gap-3">
          {columns.map(({ name, states }) => (
            <Column
              key={name}
              name={name}
              tasks={data.items.filter(({ state }) => states.includes(state))}
              team={team}
            />
          ))}
        </div>
      </div>
      {data.more > 0 ? <p className="text-sm text-muted">{count(data.more, 'task')} more: choose a goal.</p> : null}
    </div>
  );
}

function Column({ name, tasks, team }: { name: string; tasks: BoardTask[]; team: TeamDetail }) {
  return (
    <section aria-label={name} className="min-w-0 rounded-lg bg-hover p-2">
      <h2 className="flex justify-between px-1 pb-2 text-sm font-semibold">
        {name} <span className="font-normal text-muted tabular-nums">{tasks.length}</span>
      </h2>
      <ul className="space-y-2">
        {tasks.map((task) => (
          <TaskCard key={task.id} task={task} teamId={team.id} />
        ))}
      </ul>
      {tasks.length === 0 ? <p className="px-1 pb-1 text-sm text-muted">None</p> : null}
    </section>
  );
}

function TaskCard({ task, teamId }: { task: BoardTask; teamId: string }) {
  const { title, goalTitle, goalId, state, reason, assigneeName, dueOn, isLate, delegationId, progress, costUsd } =
    task;
  const to = delegationId ? paths.team(teamId, 'delegations', delegationId) : paths.team(teamId, 'goals', goalId);
  return (
    <li className="space-y-1.5 rounded-md border border-line bg-surface p-2.5" aria-label={title}>
      <p>
        <Link href={to} className="font-medium break-words hover:underline">
          {title}
        </Link>
      </p>
      <p className="flex flex-wrap gap-x-3">
        <StateWord look={taskLooks[state]} />
        {isLate ? <StateWord look={{ word: 'Late', tone: 'bad', shape: 'triangle' }} /> : null}
      </p>
      <p className="text-sm break-words text-muted">{(state === 'open' && progress?.text) || reason}</p>
      {state === 'open' && progress?.percent !== undefined ? (
        <Progress value={progress.percent / 100} label={`How far ${title} is`} />
      ) : null}
      <p className="text-xs break-words text-muted tabular-nums">
        {assigneeName ?? 'nobody yet'} · {usd(costUsd)}
        {dueOn ? ` · by ${sayDay(dueOn)}` : ''}
      </p>
      <p className="text-xs break-words text-muted">{goalTitle}</p>
      <TaskMenu task={task} />
    </li>
  );
}
