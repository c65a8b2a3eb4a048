import type { GoalDetail, Task } from '@clawster/contract/goal';
import { clsx } from 'clsx';
import Link from 'next/link';
import { usd } from '../../lib/amount.ts';
import { paths } from '../../lib/paths.ts';
import { Card } from '../../ui/page.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { isTaskOver, sayDay, taskLooks } from './goal-looks.ts';
import { TaskMenu } from './task-menu.tsx';

type RoadmapProps = { milestones: GoalDetail['milestones']; teamId: string };

/** The way to a goal: milestone after milestone, each with its tasks, what they wait for, and what is late. */
export function Roadmap({ milestones, teamId }: RoadmapProps) {
  const titles = new Map(milestones.flatMap(({ tasks }) => tasks.map(({ key, title }) => [key, title] as const)));
  return (
    <Card title="Roadmap">
      <ol className="space-y-6">
        {milestones.map((milestone, at) => (
          <li key={milestone.id} className="relative pl-7">
            <Mark isDone={isDone(milestone.tasks)} isLast={at === milestones.length - 1} />
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="font-semibold break-words">{milestone.title}</span>
              <span className="text-sm text-muted tabular-nums">
                {milestone.tasks.filter(({ state }) => state === 'done').length} of {milestone.tasks.length} done
                {milestone.dueOn ? `, by ${sayDay(milestone.dueOn)}` : ''}
              </span>
            </p>
            <ul className="mt-2 divide-y divide-line rounded-md border border-line" aria-label={milestone.title}>
              {milestone.tasks.map((task) => (
                <TaskLine key={task.id} task={task} teamId={teamId} titles={titles} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Card>
  );
}

const isDone = (tasks: Task[]) => tasks.every(({ state }) => isTaskOver(state));

function Mark({ isDone: done, isLast }: { isDone: boolean; isLast: boolean }) {
  return (
    <span aria-hidden>
      <span
        className={clsx(
          'absolute top-1 left-0 size-3.5 rounded-full border-2',
          done ? 'border-ok bg-ok' : 'border-line-strong bg-surface',
        )}
      />
      {isLast ? null : <span className="absolute top-6 -bottom-6 left-[0.4rem] w-px bg-line-strong" />}
    </span>
  );
}

type TaskLineProps = { task: Task; teamId: string; titles: ReadonlyMap<string, string> };

function TaskLine({ task, teamId, titles }: TaskLineProps) {
  const { title, state, reason, assigneeName, capability, after, dueOn, isLate, delegationId, costUsd, progress } =
    task;
  const waitsFor = isTaskOver(state) ? [] : after.map((key) => titles.get(key) ?? key);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2.5" aria-label={title}>
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-3">
          {delegationId ? (
            <Link
              href={paths.team(teamId, 'delegations', delegationId)}
              className="font-medium break-words hover:underline"
            >
              {title}
            </Link>
          ) : (
            <span className="font-medium break-words">{title}</span>
          )}
          <StateWord look={taskLooks[state]} />
          {isLate ? <StateWord look={{ word: 'Late', tone: 'bad', shape: 'triangle' }} /> : null}
        </p>
        <p className="text-sm break-words text-muted">
          {(state === 'open' && progress?.text) || reason}
          {waitsFor.length > 0 ? ` · after ${waitsFor.join(', ')}` : ''}
        </p>
      </div>
      <p className="text-right text-sm text-muted tabular-nums">
        <span className="block">{assigneeName ?? (capability ? `whoever can do ${capability}` : 'the lead')}</span>
        {dueOn ? `by ${sayDay(dueOn)} · ` : ''}
        {usd(costUsd)}
      </p>
      <TaskMenu task={task} />
    </li>
  );
}
