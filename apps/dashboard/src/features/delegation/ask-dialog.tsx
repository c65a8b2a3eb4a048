'use client';

import type { TeamDetail } from '@clawster/contract/team';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { useChange } from '../../lib/use-change.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { TextField } from '../../ui/text-field.tsx';

type Draft = { whom: string; title: string; text: string; taskType: string; minutes: string };

/** Asks a bot of the team for something, or whoever can do it; the rules decide as for a bot. */
export function AskDialog({ team, onClose }: { team: TeamDetail; onClose: () => void }) {
  const router = useRouter();
  const [draft, setDraft] = useState<Draft>({
    whom: `bot ${team.lead.botId}`,
    title: '',
    text: '',
    taskType: '',
    minutes: '',
  });
  const change = (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part }));
  const ask = useChange({
    call: () => client.delegations.create({ teamId: team.id, ...writtenIn(draft) }),
    nouns: ['delegations', 'teams', 'inbox'],
    said: ({ reason }) => reason,
    onDone: ({ id }) => {
      onClose();
      router.push(paths.team(team.id, 'delegations', id));
    },
  });
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={`Ask ${team.name}`}
      lead="The team’s rules decide whether it is done, as they do for a bot that asks."
    >
      <MutationForm mutation={ask}>
        <WhomField team={team} value={draft.whom} onChange={(whom) => change({ whom })} />
        <TextField label="Title" maxLength={200} value={draft.title} onChange={(title) => change({ title })} />
        <TextField
          label="What is to be done"
          hint="And how one sees that it is."
          rows={6}
          maxLength={20_000}
          value={draft.text}
          onChange={(text) => change({ text })}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Kind of task"
            hint="A word that rules look at, such as refund. May be empty."
            maxLength={60}
            value={draft.taskType}
            onChange={(taskType) => change({ taskType })}
          />
          <NumberField
            label="Minutes it may take"
            hint={`Empty: ${team.limits.taskMinutes}, as the team’s limits say.`}
            value={draft.minutes}
            onChange={(minutes) => change({ minutes })}
          />
        </div>
        <DialogButtons onCancel={onClose} busy={ask.isPending} whyNot={whyNotYet(draft)}>
          Ask
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}

function writtenIn({ whom, title, text, taskType, minutes }: Draft) {
  const [by, value = ''] = whom.split(' ');
  return {
    ...(by === 'bot' ? { toBotId: value } : { capability: value }),
    title: title.trim(),
    text: text.trim(),
    ...(taskType.trim() ? { taskType: taskType.trim() } : {}),
    ...(minutes.trim() ? { minutes: Number(minutes) } : {}),
  };
}

function whyNotYet({ title, text, minutes }: Draft): string | undefined {
  if (!title.trim()) return 'Give it a title';
  if (!text.trim()) return 'Say what is to be done';
  const value = Number(minutes);
  if (minutes.trim() && !(Number.isInteger(value) && value >= 1 && value <= 10_080)) return 'Minutes: 1 to 10,080';
  return undefined;
}

type WhomFieldProps = { team: TeamDetail; value: string; onChange: (whom: string) => void };

/** A bot by its name, or whoever has a capability. */
export function WhomField({ team: { members }, value, onChange }: WhomFieldProps) {
  const capabilities = [...new Set(members.flatMap((member) => member.capabilities))].toSorted();
  return (
    <Field label="Whom">
      {(described) => (
        <Select {...described} value={value} onChange={({ target }) => onChange(target.value)}>
          <optgroup label="A bot">
            {members.map(({ botId, botName, isLead }) => (
              <option key={botId} value={`bot ${botId}`}>
                {botName}
                {isLead ? ' (lead)' : ''}
              </option>
            ))}
          </optgroup>
          {capabilities.length > 0 ? (
            <optgroup label="Whoever can do">
              {capabilities.map((capability) => (
                <option key={capability} value={`capability ${capability}`}>
                  {capability}
                </option>
              ))}
            </optgroup>
          ) : null}
        </Select>
      )}
    </Field>
  );
}
