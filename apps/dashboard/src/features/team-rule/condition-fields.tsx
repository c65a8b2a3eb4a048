import { Checkbox } from '../../ui/checkbox.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { RuleDraft } from './rule-draft.ts';
import { dayName } from './say-rule.ts';

export type PartProps = { draft: RuleDraft; change: (part: Partial<RuleDraft>) => void };

/** What must fit; what is left empty fits everything. */
export function ConditionFields({ draft, change }: PartProps) {
  return (
    <fieldset className="space-y-4">
      <legend className="mb-2 font-semibold">When</legend>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Who asks"
          hint="Names with commas between; @lead, @member, @person; * for any letters. Empty: anybody."
          value={draft.from}
          onChange={(from) => change({ from })}
        />
        <TextField
          label="Who is asked"
          hint="The same. Empty: anybody."
          value={draft.to}
          onChange={(to) => change({ to })}
        />
        <TextField
          label="For which capability"
          hint="Such as refund, deploy-*."
          value={draft.capability}
          onChange={(capability) => change({ capability })}
        />
        <TextField
          label="Kind of task"
          hint="As whoever asks says it."
          value={draft.taskType}
          onChange={(taskType) => change({ taskType })}
        />
      </div>
      <TextField
        label="The text has one of"
        hint="A phrase a line, in whatever case."
        rows={2}
        value={draft.contains}
        onChange={(contains) => change({ contains })}
      />
      <details className="text-sm">
        <summary className="w-fit text-accent">Where it began, when, and what it has cost</summary>
        <MoreConditions draft={draft} change={change} />
      </details>
    </fieldset>
  );
}

function MoreConditions({ draft, change }: PartProps) {
  return (
    <div className="mt-3 grid gap-4 sm:grid-cols-2">
      <TextField
        label="It began on"
        hint="Channels such as telegram; clawster for the chat here; goal."
        value={draft.channel}
        onChange={(channel) => change({ channel })}
      />
      <Field label="People outside">
        {(described) => (
          <Select
            {...described}
            value={draft.untrusted}
            onChange={({ target }) => change({ untrusted: target.value as RuleDraft['untrusted'] })}
          >
            <option value="">had a hand in it or not</option>
            <option value="yes">had a hand in it</option>
            <option value="no">had no hand in it</option>
          </Select>
        )}
      </Field>
      <TextField
        label="The text matches"
        hint="An expression of RE2."
        maxLength={500}
        value={draft.matches}
        onChange={(matches) => change({ matches })}
      />
      <TextField
        label="Time zone"
        hint="Such as Europe/Paris."
        maxLength={60}
        value={draft.timezone}
        onChange={(timezone) => change({ timezone })}
      />
      <TextField
        label="From"
        placeholder="09:00"
        value={draft.timeFrom}
        onChange={(timeFrom) => change({ timeFrom })}
      />
      <TextField label="Until" placeholder="17:30" value={draft.timeTo} onChange={(timeTo) => change({ timeTo })} />
      <NumberField
        label="It has cost more than (US dollars)"
        value={draft.costAboveUsd}
        onChange={(costAboveUsd) => change({ costAboveUsd })}
      />
      <NumberField
        label="Passed on more often than"
        value={draft.hopsAbove}
        onChange={(hopsAbove) => change({ hopsAbove })}
      />
      <Days draft={draft} change={change} />
    </div>
  );
}

function Days({ draft: { days }, change }: PartProps) {
  return (
    <fieldset className="sm:col-span-2">
      <legend className="mb-1 text-sm font-medium">On these days; none: on all</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <Checkbox
            key={day}
            checked={days.includes(day)}
            onChange={(isOn) =>
              change({
                days: isOn ? [...days, day].toSorted((one, other) => one - other) : days.filter((one) => one !== day),
              })
            }
          >
            {dayName(day)}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}
