import type { Budget } from '@clawster/contract/budget';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { tell } from '../../lib/toast.ts';
import { Choice } from '../../ui/choice.tsx';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { usd } from '../../lib/amount.ts';
import { periodWords } from './say-budget.ts';

const hourMs = 3_600_000;

type Written = { by: 'usd' | 'hours'; usd: string; hours: string; reason: string };

/** Lets a budget's bots spend more in this period, and says why. */
export function LiftDialog({ budget, onClose }: { budget: Budget; onClose: () => void }) {
  const [written, setWritten] = useState<Written>({ by: 'usd', usd: '', hours: '1', reason: '' });
  const queryClient = useQueryClient();
  const change = (part: Partial<Written>) => setWritten((known) => ({ ...known, ...part }));
  const amount = Number(written.by === 'usd' ? written.usd : written.hours);
  const lift = useMutation({
    mutationFn: () => {
      const much =
        written.by === 'usd' ? { usd: amount } : { until: new Date(Date.now() + amount * hourMs).toISOString() };
      return client.budgets.lift({ budgetId: budget.id, ...much, reason: written.reason });
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['budgets'] });
      tell(`The budget ${budget.name} is lifted.`);
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Lift the budget ${budget.name}`}
      lead={`For ${periodWords[budget.period]} alone. Its bots go on within seconds.`}
    >
      <MutationForm mutation={lift}>
        <HowMuch budget={budget} written={written} change={change} />
        <Field label="Why" hint="Kept in the audit trail, and shown while it holds.">
          {(described) => (
            <Input
              {...described}
              maxLength={300}
              value={written.reason}
              onChange={(event) => change({ reason: event.target.value })}
            />
          )}
        </Field>
        <DialogButtons
          onCancel={onClose}
          busy={lift.isPending}
          whyNot={amount > 0 ? (written.reason.trim() ? undefined : 'Say why it is lifted') : 'Say how much'}
        >
          Lift it
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}

type HowMuchProps = { budget: Budget; written: Written; change: (part: Partial<Written>) => void };

function HowMuch({ budget, written, change }: HowMuchProps) {
  return (
    <>
      <fieldset className="space-y-2">
        <legend className="sr-only">How it is lifted</legend>
        <Choice
          name="by"
          value="usd"
          title="By an amount"
          checked={written.by === 'usd'}
          onChoose={() => change({ by: 'usd' })}
        />
        <Choice
          name="by"
          value="hours"
          title="Without a limit for a while"
          checked={written.by === 'hours'}
          onChoose={() => change({ by: 'hours' })}
        />
      </fieldset>
      {written.by === 'usd' ? (
        <Field label="So many US dollars more" hint={`On top of ${usd(budget.limitUsd)}.`}>
          {(described) => (
            <Input
              {...described}
              inputMode="decimal"
              value={written.usd}
              onChange={(event) => change({ usd: event.target.value })}
            />
          )}
        </Field>
      ) : (
        <Field label="For so many hours" hint="Nothing stops its bots meanwhile.">
          {(described) => (
            <Input
              {...described}
              inputMode="decimal"
              value={written.hours}
              onChange={(event) => change({ hours: event.target.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}
