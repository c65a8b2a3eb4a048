'use client';

import type { Budget } from '@clawster/contract/budget';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { tell } from '../../lib/toast.ts';
import { Choice } from '../../ui/choice.tsx';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input, Select } from '../../ui/field.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { BotSelect } from '../bot/bot-select.tsx';
import { LabelsField } from '../configuration/layer-fields.tsx';
import { TeamSelect, useTeams } from '../team/team-select.tsx';
import { type BudgetDraft, changesIn, draftOf, newIn, whyNotYet } from './budget-draft.ts';
import { channelWords, sayScope } from './say-budget.ts';

type BudgetDialogProps = { budget?: Budget; onClose: () => void; onDone: (budget: Budget) => void };

/** Makes a budget, or changes one. */
export function BudgetDialog({ budget, onClose, onDone }: BudgetDialogProps) {
  const [draft, setDraft] = useState(() => draftOf(budget));
  const queryClient = useQueryClient();
  const change = (part: Partial<BudgetDraft>) => setDraft((known) => ({ ...known, ...part }));
  const save = useMutation({
    mutationFn: () =>
      budget
        ? client.budgets.update({ budgetId: budget.id, ...changesIn(draft) })
        : client.budgets.create(newIn(draft)),
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: ['budgets'] });
      tell(budget ? `The budget ${saved.name} was changed.` : `The budget ${saved.name} holds.`);
      onDone(saved);
    },
  });
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={budget ? `Change the budget ${budget.name}` : 'A new budget'}
      lead={budget ? `${sayScope(budget)}, each ${budget.period}. That stays as it is.` : undefined}
    >
      <MutationForm mutation={save}>
        <Field label="Name">
          {(described) => (
            <Input
              {...described}
              maxLength={80}
              placeholder="Such as Support"
              value={draft.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        {budget ? null : <WhatFields draft={draft} change={change} />}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Limit in US dollars">
            {(described) => (
              <Input
                {...described}
                inputMode="decimal"
                value={draft.limitUsd}
                onChange={(event) => change({ limitUsd: event.target.value })}
              />
            )}
          </Field>
          <Field label="Tell at" hint="Percentages of the limit.">
            {(described) => (
              <Input {...described} value={draft.warnAt} onChange={(event) => change({ warnAt: event.target.value })} />
            )}
          </Field>
        </div>
        <HardChoice draft={draft} change={change} />
        <DialogButtons onCancel={onClose} busy={save.isPending} whyNot={whyNotYet(draft)}>
          {budget ? 'Save' : 'Make the budget'}
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}

type PartProps = { draft: BudgetDraft; change: (part: Partial<BudgetDraft>) => void };

function HardChoice({ draft, change }: PartProps) {
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 text-sm font-medium">At the limit</legend>
      <Choice
        name="hard"
        value="hard"
        title="Stop its bots"
        checked={draft.hard}
        onChoose={() => change({ hard: true })}
      >
        No call goes to a model any more. Every model they use needs a price.
      </Choice>
      <Choice name="hard" value="soft" title="Only tell" checked={!draft.hard} onChoose={() => change({ hard: false })}>
        Its bots go on.
      </Choice>
    </fieldset>
  );
}

/** What it counts, which stays: sums would be of two things. */
function WhatFields({ draft, change }: PartProps) {
  const hasTeams = useTeams().length > 0;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="For">
        {(described) => (
          <Select
            {...described}
            value={draft.by}
            onChange={(event) => change({ by: event.target.value as BudgetDraft['by'] })}
          >
            <option value="all">all bots</option>
            <option value="labels">the bots with some labels</option>
            {hasTeams ? <option value="team">the bots of a team</option> : null}
            <option value="bot">one bot</option>
          </Select>
        )}
      </Field>
      <WhoseField draft={draft} change={change} />
      <Field label="On">
        {(described) => (
          <Select
            {...described}
            value={draft.channel}
            onChange={(event) => change({ channel: event.target.value as BudgetDraft['channel'] })}
          >
            <option value="">all channels</option>
            {Object.entries(channelWords).map(([channel, word]) => (
              <option key={channel} value={channel}>
                {word}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Each" hint="Of UTC.">
        {(described) => (
          <Select
            {...described}
            value={draft.period}
            onChange={(event) => change({ period: event.target.value as BudgetDraft['period'] })}
          >
            <option value="day">day</option>
            <option value="week">week</option>
            <option value="month">month</option>
          </Select>
        )}
      </Field>
    </div>
  );
}

/** Which bot, team or labels. */
function WhoseField({ draft, change }: PartProps) {
  if (draft.by === 'labels')
    return (
      <LabelsField
        value={draft.labels}
        error={undefined}
        hint="All of them must be there."
        onChange={(labels) => change({ labels })}
      />
    );
  if (draft.by === 'team')
    return (
      <Field label="Team" hint="Whoever is in it.">
        {(described) => (
          <TeamSelect
            {...described}
            none="Choose…"
            value={draft.teamId}
            onChange={(event) => change({ teamId: event.target.value })}
          />
        )}
      </Field>
    );
  if (draft.by === 'bot')
    return (
      <Field label="Bot">
        {(described) => (
          <BotSelect
            {...described}
            none="Choose…"
            value={draft.botId}
            onChange={(event) => change({ botId: event.target.value })}
          />
        )}
      </Field>
    );
  return <span className="hidden sm:block" />;
}
