import type { Goal } from '@clawster/contract/settings';
import { Plus, Trash2 } from 'lucide-react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Input } from '../../ui/field.tsx';
import { BelowSelect } from './below-select.tsx';
import type { SettingsFieldsProps } from './identity-fields.tsx';
import { sayLayer } from './say-layer.ts';
import { type GoalsDraft, goalsOf, withGoals } from './settings-draft.ts';
import { issueAt } from './use-preview.ts';
import type { Below } from './value-below.ts';

/** What a bot is to reach, each goal with how one sees that it does. */
export function GoalsField({ draft, onChange, issues, belowAt }: SettingsFieldsProps) {
  const goals = goalsOf(draft.settings);
  const below = belowAt?.('identity.goals');
  const change = (part: Partial<GoalsDraft>) => onChange(withGoals(draft, { ...goals, ...part }));
  const setRow = (at: number, row: Goal) =>
    change({ own: goals.own.map((other, index) => (index === at ? row : other)) });
  const issue = issueAt(issues, 'identity.goals');
  const whyNot = below?.lockedBy && `Locked by ${sayLayer(below.lockedBy)}`;
  return (
    <fieldset className="space-y-2">
      <legend className="text-sm font-medium">Goals</legend>
      {issue ? (
        <p role="alert" className="text-xs text-bad">
          {issue}
        </p>
      ) : null}
      {goals.mode === 'add' && below ? <GoalsBelow below={below} goals={goals} change={change} /> : null}
      {goals.own.map((row, at) => (
        <GoalRow key={at} row={row} number={at + 1} onChange={(next) => setRow(at, next)}>
          <IconButton
            label={`Delete goal ${at + 1}`}
            onClick={() => change({ own: goals.own.filter((_, index) => index !== at) })}
          >
            <Trash2 />
          </IconButton>
        </GoalRow>
      ))}
      <div className="flex flex-wrap items-center gap-2">
        <Button icon={<Plus />} whyNot={whyNot} onClick={() => change({ own: [...goals.own, { goal: '' }] })}>
          Add a goal
        </Button>
        <BelowSelect label="Goals of the layers below" list={goals} onChange={change} />
      </div>
    </fieldset>
  );
}

type GoalRowProps = { row: Goal; number: number; onChange: (row: Goal) => void; children: React.ReactNode };

function GoalRow({ row, number, onChange, children }: GoalRowProps) {
  return (
    <div className="flex items-start gap-2">
      <div className="grid min-w-0 flex-1 gap-1 sm:grid-cols-2">
        <Input
          aria-label={`Goal ${number}`}
          placeholder="What is to be reached"
          maxLength={300}
          value={row.goal}
          onChange={(event) => onChange({ ...row, goal: event.target.value })}
        />
        <Input
          aria-label={`Measure of goal ${number}`}
          placeholder="Reached when…"
          maxLength={300}
          value={row.measure ?? ''}
          onChange={(event) => onChange({ ...row, measure: event.target.value })}
        />
      </div>
      {children}
    </div>
  );
}

type GoalsBelowProps = { below: Below; goals: GoalsDraft; change: (part: Partial<GoalsDraft>) => void };

/** Those that are there already, to be left out one by one. */
function GoalsBelow({ below, goals: { without }, change }: GoalsBelowProps) {
  const listed = (Array.isArray(below.value) ? below.value : []) as Goal[];
  if (listed.length === 0) return null;
  const isSame = (one: Goal) => (other: Goal) => JSON.stringify(one) === JSON.stringify(other);
  return (
    <ul className="divide-y divide-line rounded-md border border-line text-sm">
      {listed.map((goal) => {
        const isOut = without.some(isSame(goal));
        return (
          <li key={goal.goal} className="flex items-center justify-between gap-2 px-3 py-1.5">
            <span className={`min-w-0 break-words ${isOut ? 'text-muted line-through' : ''}`}>
              {goal.goal}
              {goal.measure ? <span className="block text-xs text-muted">Reached when: {goal.measure}</span> : null}
              <span className="block text-xs text-muted">
                {below.from ? `from ${sayLayer(below.from)}` : ''}
                {isOut ? '; left out here' : ''}
              </span>
            </span>
            <Button
              look="quiet"
              onClick={() =>
                change({ without: isOut ? without.filter((other) => !isSame(goal)(other)) : [...without, goal] })
              }
            >
              {isOut ? 'Take it back' : 'Leave out'}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
