import type { Plan } from '@clawster/contract/goal';
import type { TeamDetail } from '@clawster/contract/team';
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { sayDay } from './goal-looks.ts';
import { type PlanTask, tasksOf } from './plan-draft.ts';

type TaskFieldsProps = {
  task: PlanTask;
  plan: Plan;
  team: TeamDetail;
  /** Undefined: it is taken out. */
  onChange: (task: PlanTask | undefined) => void;
  onUp?: () => void;
  onDown?: () => void;
};

/** A task of a plan: its title and who does it at a glance, the rest when it is opened. */
export function TaskFields({ task, plan, team, onChange, onUp, onDown }: TaskFieldsProps) {
  const { key, title, text, dueOn = '' } = task;
  const change = (part: Partial<PlanTask>) => onChange({ ...task, ...part });
  const name = title || key;
  // As it was at first: what is being written does not close under the hand.
  const [isOpen] = useState(title === '' || text === '');
  return (
    <li className="rounded-md border border-line bg-ground" aria-label={name}>
      <details open={isOpen}>
        <summary className="flex flex-wrap items-center gap-x-3 px-3 py-2">
          <span className="min-w-0 flex-1 basis-40 font-medium break-words">{title || 'A new task'}</span>
          <span className="text-sm text-muted">{sayWhom(task, team)}</span>
          {dueOn ? <span className="text-sm text-muted">by {sayDay(dueOn)}</span> : null}
        </summary>
        <div className="space-y-3 border-t border-line p-3">
          <TextField
            label="Title of the task"
            maxLength={200}
            value={title}
            onChange={(next) => change({ title: next })}
          />
          <TextField
            label="What is to be done"
            hint="And how one sees that it is."
            rows={4}
            maxLength={10_000}
            value={text}
            onChange={(next) => change({ text: next })}
          />
          <div className="grid gap-3 sm:grid-cols-2">
            <WhomField task={task} team={team} onChange={onChange} />
            <TextField label="By" type="date" value={dueOn} onChange={(day) => change({ dueOn: day })} />
          </div>
          <AfterField task={task} plan={plan} onChange={(after) => change({ after })} />
          <div className="flex justify-end">
            {onUp ? (
              <IconButton label={`Move ${name} up`} onClick={onUp}>
                <ArrowUp />
              </IconButton>
            ) : null}
            {onDown ? (
              <IconButton label={`Move ${name} down`} onClick={onDown}>
                <ArrowDown />
              </IconButton>
            ) : null}
            <IconButton label={`Take ${name} out`} onClick={() => onChange(undefined)}>
              <Trash2 />
            </IconButton>
          </div>
        </div>
      </details>
    </li>
  );
}

function sayWhom({ capability, assignee }: PlanTask, { lead }: TeamDetail): string {
  return assignee ?? (capability ? `whoever can do ${capability}` : lead.botName);
}

type WhomFieldProps = { task: PlanTask; team: TeamDetail; onChange: (task: PlanTask) => void };

function WhomField({ task, team, onChange }: WhomFieldProps) {
  const { capability, assignee, ...rest } = task;
  const value = assignee ? `bot ${assignee}` : capability ? `capability ${capability}` : '';
  const capabilities = [
    ...new Set([...team.members.flatMap((member) => member.capabilities), ...(capability ? [capability] : [])]),
  ];
  const choose = (next: string) => {
    const [by, whom = ''] = next.split(' ');
    onChange({ ...rest, ...(by === 'bot' ? { assignee: whom } : by ? { capability: whom } : {}) });
  };
  return (
    <Field label="Who does it">
      {(described) => (
        <Select {...described} value={value} onChange={({ target }) => choose(target.value)}>
          <option value="">The lead</option>
          <optgroup label="Whoever can do">
            {capabilities.toSorted().map((one) => (
              <option key={one} value={`capability ${one}`}>
                {one}
              </option>
            ))}
          </optgroup>
          <optgroup label="A bot">
            {team.members.map(({ botId, botName }) => (
              <option key={botId} value={`bot ${botName}`}>
                {botName}
              </option>
            ))}
          </optgroup>
        </Select>
      )}
    </Field>
  );
}

type AfterFieldProps = { task: PlanTask; plan: Plan; onChange: (after: string[]) => void };

function AfterField({ task, plan, onChange }: AfterFieldProps) {
  const others = tasksOf(plan).filter(({ key }) => key !== task.key);
  if (others.length === 0) return null;
  return (
    <fieldset className="space-y-1">
      <legend className="mb-1 text-sm font-medium">Comes after</legend>
      {others.map(({ key, title }) => (
        <Checkbox
          key={key}
          checked={task.after.includes(key)}
          onChange={(isAfter) => onChange(isAfter ? [...task.after, key] : task.after.filter((known) => known !== key))}
        >
          {title || key}
        </Checkbox>
      ))}
    </fieldset>
  );
}
