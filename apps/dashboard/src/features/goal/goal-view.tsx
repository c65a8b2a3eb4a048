'use client';

import { api } from '@clawster/contract/api';
import type { GoalDetail } from '@clawster/contract/goal';
import type { TeamDetail } from '@clawster/contract/team';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { usd } from '../../lib/amount.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { WrittenText } from '../delegation/written-text.tsx';
import { GoalActions } from './goal-actions.tsx';
import { goalLooks, isGoalOver, sayDay } from './goal-looks.ts';
import { PlanEditor } from './plan-editor.tsx';
import { Roadmap } from './roadmap.tsx';

/** What tasks do changes with each turn of a bot. */
const lookAgainMs = 10_000;

type GoalViewProps = { goalId: string; team: TeamDetail; onClose: () => void };

/** One goal: how far it is, the plan that waits for somebody, and the roadmap. */
export function GoalView({ goalId, team, onClose }: GoalViewProps) {
  const { data, error, refetch } = useQuery({
    ...q(api.goals.get, { goalId }),
    refetchInterval: ({ state }) => (state.data && isGoalOver(state.data.state) ? false : lookAgainMs),
  });
  return (
    <div className="space-y-4">
      <Button look="quiet" icon={<ArrowLeft />} onClick={onClose}>
        All goals
      </Button>
      {data ? (
        <Known goal={data} team={team} />
      ) : error ? (
        <Trouble message={sentenceOf(error)} retry={() => void refetch()} />
      ) : (
        <Skeleton className="h-96 w-full" />
      )}
    </div>
  );
}

function Known({ goal, team }: { goal: GoalDetail; team: TeamDetail }) {
  const [editing, setEditing] = useState(false);
  const { proposed, milestones, state } = goal;
  return (
    <div className="space-y-5">
      <About goal={goal} team={team} onEdit={() => setEditing(true)} />
      {proposed && !isGoalOver(state) ? (
        // Another plan is another form.
        <PlanEditor key={proposed.inboxItemId} goal={goal} team={team} plan={proposed.plan} proposedAt={proposed.at} />
      ) : editing ? (
        <PlanEditor goal={goal} team={team} onClose={() => setEditing(false)} />
      ) : null}
      {milestones.length > 0 ? (
        <Roadmap milestones={milestones} teamId={team.id} />
      ) : proposed || editing ? null : (
        <Card title="Roadmap">
          <p className="text-sm text-muted">
            There is no plan yet. {team.lead.botName} thinks of one, or you write it yourself.
          </p>
        </Card>
      )}
    </div>
  );
}

function About({ goal, team, onEdit }: { goal: GoalDetail; team: TeamDetail; onEdit: () => void }) {
  const { title, text, measure, dueOn, state, reason, setBy, tasks, result, costUsd, wakes } = goal;
  const wrong = [
    tasks.blocked > 0 ? `${tasks.blocked} blocked` : '',
    tasks.failed > 0 ? `${tasks.failed} failed` : '',
  ].filter(Boolean);
  return (
    <Card title={title} actions={<StateWord look={goalLooks[state]} />}>
      <div className="space-y-3">
        <p role="status">{reason}</p>
        <Progress value={tasks.total > 0 ? tasks.done / tasks.total : 0} label="Tasks that are done" />
        <p className="flex flex-wrap gap-x-4 text-sm text-muted tabular-nums">
          <span>
            {tasks.done} of {count(tasks.total, 'task')} done, {tasks.open} open
          </span>
          {wrong.length > 0 ? <span className="font-medium text-bad">{wrong.join(', ')}</span> : null}
          <span>
            {usd(costUsd)} spent; the lead was woken {count(wakes.count, 'time')} for {usd(wakes.costUsd)} of it
          </span>
        </p>
        <p className="text-sm text-muted">
          Set by {setBy}
          {dueOn ? `, by ${sayDay(dueOn)}` : ''}
          {measure ? `. Reached when: ${measure}` : ''}
        </p>
        {text ? <p className="text-sm break-words whitespace-pre-wrap">{text}</p> : null}
        {result ? <WrittenText label="What came of it" text={result} /> : null}
        <GoalActions goal={goal} team={team} onEdit={onEdit} />
      </div>
    </Card>
  );
}
