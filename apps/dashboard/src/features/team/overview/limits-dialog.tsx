'use client';

import type { TeamDetail, TeamLimits } from '@clawster/contract/team';
import { useState } from 'react';
import { client } from '../../../lib/client.ts';
import { useChange } from '../../../lib/use-change.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { DialogButtons } from '../../../ui/dialog-buttons.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { MutationForm } from '../../../ui/mutation-form.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { RightsFields } from '../rights-fields.tsx';
import { rightsDraft, rightsIn } from '../rights.ts';

type Whole = Exclude<keyof TeamLimits, 'usdPerOrigin'>;
const fields: Record<Whole, { label: string; hint: string; min: number; max: number }> = {
  openTasks: { label: 'Open at once', hint: 'Of the whole team, 1 to 1,000.', min: 1, max: 1_000 },
  tasksPerMember: { label: 'Of one member at once', hint: 'Others wait their turn, 1 to 20.', min: 1, max: 20 },
  hops: { label: 'Passed on at most', hint: 'How often, 1 to 10.', min: 1, max: 10 },
  fanOut: { label: 'Handed out at once', hint: 'By one task or conversation, 1 to 50.', min: 1, max: 50 },
  taskMinutes: { label: 'Minutes for a task', hint: 'Then it has expired, up to a week.', min: 1, max: 10_080 },
  wakesPerDay: { label: 'Wake the lead a day', hint: 'Each is a paid turn; 0: never.', min: 0, max: 1_000 },
};
const names = Object.keys(fields) as Whole[];

function eachOf<Value>(value: (name: Whole) => Value): Record<Whole, Value> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Whole, Value>;
}

/** Changes how far the team may go. */
export function LimitsDialog({ team, onClose }: { team: TeamDetail; onClose: () => void }) {
  const [whole, setWhole] = useState(() => eachOf((name) => String(team.limits[name])));
  const [cost, setCost] = useState(team.limits.usdPerOrigin === null ? '' : String(team.limits.usdPerOrigin));
  const [rights, setRights] = useState(() => rightsDraft(team.channelRights));
  const [byAnother, setByAnother] = useState(team.approvalsByAnother);
  const save = useChange({
    call: () =>
      client.teams.update({
        teamId: team.id,
        baseVersion: team.version,
        limits: {
          ...eachOf((name) => Number(whole[name])),
          usdPerOrigin: cost.trim() ? Number(cost) : null,
        },
        channelRights: rightsIn(rights),
        approvalsByAnother: byAnother,
      }),
    nouns: ['teams'],
    said: () => 'The limits hold from now on.',
    onDone: onClose,
  });
  const wrong = names.find((name) => !isIn(whole[name], fields[name]));
  return (
    <Dialog open wide onClose={onClose} title={`Limits of ${team.name}`}>
      <MutationForm mutation={save}>
        <div className="grid gap-4 sm:grid-cols-2">
          {names.map((name) => (
            <NumberField
              key={name}
              label={fields[name].label}
              hint={fields[name].hint}
              value={whole[name]}
              onChange={(text) => setWhole({ ...whole, [name]: text })}
            />
          ))}
          <NumberField
            label="US dollars for one request"
            hint="All that comes of it; empty: no limit of its own."
            value={cost}
            onChange={setCost}
          />
        </div>
        <fieldset className="space-y-2">
          <legend className="mb-1 text-sm font-medium">What people on channels may set going</legend>
          <RightsFields rights={rights} onChange={setRights} />
        </fieldset>
        <Checkbox checked={byAnother} onChange={setByAnother}>
          Approvals by another person: who set a goal does not approve its plan, nor what comes of it, while somebody
          else may.
        </Checkbox>
        <DialogButtons
          onCancel={onClose}
          busy={save.isPending}
          whyNot={wrong ? `${fields[wrong].label}: ${fields[wrong].hint}` : whyNotCost(cost)}
        >
          Save
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}

function isIn(text: string, { min, max }: { min: number; max: number }): boolean {
  const value = Number(text);
  return text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max;
}

function whyNotCost(text: string): string | undefined {
  return text.trim() === '' || Number(text) > 0 ? undefined : 'Enter US dollars, or nothing';
}
