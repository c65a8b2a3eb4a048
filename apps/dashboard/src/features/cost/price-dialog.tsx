import type { TargetCost } from '@clawster/contract/cost';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { usd } from '../../lib/amount.ts';
import { client } from '../../lib/client.ts';
import { tell } from '../../lib/toast.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';

const hoursOfMonth = 730;

/** Says what a target costs an hour, and since when. */
export function PriceDialog({ target, onClose }: { target: TargetCost; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [price, setPrice] = useState(String(target.prices[0]?.usdPerHour ?? ''));
  const [day, setDay] = useState('');
  const usdPerHour = price.trim() === '' ? Number.NaN : Number(price);
  const save = useMutation({
    mutationFn: () =>
      client.costs.setTargetPrice({
        targetId: target.targetId,
        usdPerHour,
        ...(day ? { from: `${day}T00:00:00Z` } : {}),
      }),
    onSuccess: async () => {
      tell(`The price of ${target.name} is set.`);
      await queryClient.invalidateQueries({ queryKey: ['costs'] });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`What ${target.name} costs`}
      lead="It is booked hour by hour, in equal parts to the bots that run there. Hours booked before at another price are booked anew from the day you name."
    >
      <MutationForm mutation={save}>
        <Field
          label="US dollars an hour"
          hint={usdPerHour >= 0 ? `About ${usd(usdPerHour * hoursOfMonth)} a month` : 'Such as 0.20'}
        >
          {(described) => (
            <Input
              {...described}
              inputMode="decimal"
              value={price}
              onChange={({ target: { value } }) => setPrice(value)}
            />
          )}
        </Field>
        <Field label="Since" hint="The beginning of that day in UTC; left out, this hour">
          {(described) => (
            <Input {...described} type="date" value={day} onChange={({ target: { value } }) => setDay(value)} />
          )}
        </Field>
        <DialogButtons
          onCancel={onClose}
          busy={save.isPending}
          whyNot={usdPerHour >= 0 ? undefined : 'Write a number, such as 0.20'}
        >
          Set the price
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}
