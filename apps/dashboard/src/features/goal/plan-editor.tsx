'use client';

import type { GoalDetail, Plan } from '@clawster/contract/goal';
import type { TeamDetail } from '@clawster/contract/team';
import type { PlanFacts } from '@clawster/domain/goal/why-not-plan';
import { Plus, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { Card } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { MilestoneFields } from './milestone-fields.tsx';
import { freshTask, planOf, trimmed, whyNotYet, withMilestone } from './plan-draft.ts';

type PlanEditorProps = {
  goal: GoalDetail;
  team: TeamDetail;
  /** What the lead proposes; absent: the plan that is in force is written anew. */
  plan?: Plan;
  proposedAt?: string;
  onClose?: () => void;
};

/** A plan to be looked over, edited and put in force. */
export function PlanEditor({ goal, team, plan: proposed, proposedAt, onClose }: PlanEditorProps) {
  const goalId = goal.id;
  const [plan, setPlan] = useState<Plan>(() => proposed ?? planOf(goal));
  const forbidden = useWhyForbidden('team:direct');
  const isEdited = proposed !== undefined && JSON.stringify(plan) !== JSON.stringify(proposed);
  const approve = useChange({
    call: () => client.goals.plan({ goalId, plan: trimmed(plan) }),
    nouns: ['goals', 'teams', 'inbox'],
    said: () => 'The plan is in force. Tasks begin as soon as they may.',
    ...(onClose ? { onDone: onClose } : {}),
  });
  const replan = useChange({
    call: () => client.goals.replan({ goalId }),
    nouns: ['goals', 'inbox'],
    said: () => `${team.lead.botName} is asked for another plan.`,
    tellsTrouble: true,
  });
  const addMilestone = () => setPlan({ milestones: [...plan.milestones, { title: '', tasks: [freshTask(plan)] }] });
  return (
    <Card title={proposed ? 'A plan waits for you' : 'The plan'}>
      <MutationForm mutation={approve} className="space-y-5">
        <p className="text-sm text-muted">
          {proposed && proposedAt ? (
            <>
              {team.lead.botName} proposed it <Time at={proposedAt} />. Change what is not right: nothing begins before
              you approve it.
            </>
          ) : (
            'Tasks that have begun stay as they are.'
          )}
        </p>
        {plan.milestones.map((milestone, at) => (
          <MilestoneFields
            key={at}
            at={at}
            plan={plan}
            milestone={milestone}
            team={team}
            onChange={(next) => setPlan(withMilestone(plan, at, next))}
          />
        ))}
        <Button icon={<Plus />} onClick={addMilestone}>
          Add a milestone
        </Button>
        <div className="flex flex-wrap justify-end gap-2 border-t border-line pt-4">
          {proposed ? (
            <Button icon={<RotateCcw />} whyNot={forbidden} busy={replan.isPending} onClick={() => replan.mutate()}>
              Ask for another plan
            </Button>
          ) : (
            <Button look="quiet" onClick={onClose}>
              Cancel
            </Button>
          )}
          <Button
            type="submit"
            look="primary"
            busy={approve.isPending}
            whyNot={forbidden ?? whyNotYet(plan, factsOf(goal, team))}
          >
            {!proposed ? 'Put it in force' : isEdited ? 'Approve as edited' : 'Approve the plan'}
          </Button>
        </div>
      </MutationForm>
    </Card>
  );
}

/** Dates of tasks that were planned long ago may be past. */
function factsOf({ dueOn }: GoalDetail, { members }: TeamDetail): PlanFacts {
  return {
    goalDueOn: dueOn,
    members: members.map(({ botName, capabilities }) => ({ name: botName, capabilities })),
  };
}
