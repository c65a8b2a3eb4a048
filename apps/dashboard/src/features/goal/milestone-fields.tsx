import type { Plan } from '@clawster/contract/goal';
import type { TeamDetail } from '@clawster/contract/team';
import { Plus, Trash2 } from 'lucide-react';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { freshTask, moved, type PlanMilestone, type PlanTask } from './plan-draft.ts';
import { TaskFields } from './task-fields.tsx';

type MilestoneFieldsProps = {
  at: number;
  plan: Plan;
  milestone: PlanMilestone;
  team: TeamDetail;
  /** Undefined: it is taken out. */
  onChange: (milestone: PlanMilestone | undefined) => void;
};

/** A milestone of a plan with its tasks, in a form. */
export function MilestoneFields({ at, plan, milestone, team, onChange }: MilestoneFieldsProps) {
  const { title, dueOn = '', tasks } = milestone;
  const change = (part: Partial<PlanMilestone>) => onChange({ ...milestone, ...part });
  const changeTask = (index: number, next: PlanTask | undefined) =>
    change({ tasks: tasks.flatMap((known, other) => (other === index ? (next ? [next] : []) : [known])) });
  return (
    <fieldset className="space-y-3 rounded-lg border border-line p-3">
      <legend className="px-1 text-sm font-semibold">Milestone {at + 1}</legend>
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-56">
          <TextField
            label={`Title of milestone ${at + 1}`}
            maxLength={200}
            value={title}
            onChange={(text) => change({ title: text })}
          />
        </div>
        <div className="w-40">
          <TextField label="By" type="date" value={dueOn} onChange={(day) => change({ dueOn: day })} />
        </div>
        <IconButton label={`Take milestone ${at + 1} out`} className="mb-0.5" onClick={() => onChange(undefined)}>
          <Trash2 />
        </IconButton>
      </div>
      <ul className="space-y-2">
        {tasks.map((task, index) => (
          <TaskFields
            key={task.key}
            task={task}
            plan={plan}
            team={team}
            onChange={(next) => changeTask(index, next)}
            {...(index > 0 ? { onUp: () => change({ tasks: moved(tasks, index, index - 1) }) } : {})}
            {...(index < tasks.length - 1 ? { onDown: () => change({ tasks: moved(tasks, index, index + 1) }) } : {})}
          />
        ))}
      </ul>
      <Button icon={<Plus />} onClick={() => change({ tasks: [...tasks, freshTask(plan)] })}>
        Add a task to milestone {at + 1}
      </Button>
    </fieldset>
  );
}
