'use client';

import { type Delivery, Invite } from '@clawster/contract/invitation';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { tell } from '../../lib/toast.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { ShownOnceDialog } from '../../ui/shown-once-dialog.tsx';
import { RoleSelect, useRoleHint } from '../role/role-select.tsx';
import { DeliveryChoice } from './delivery-choice.tsx';

type Made = { email: string; link: string };

/** Invites someone and shows their link once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<Made>();
  if (!made) return <InviteForm onClose={onClose} onMade={setMade} />;
  return (
    <ShownOnceDialog
      title="Hand over the link"
      lead={`It lets ${made.email} in, once, within 7 days. It is shown this once: nobody can look it up later.`}
      what="link"
      value={made.link}
      onClose={onClose}
    />
  );
}

function InviteForm({ onClose, onMade }: { onClose: () => void; onMade: (made: Made) => void }) {
  const queryClient = useQueryClient();
  const form = useForm({
    resolver: zodResolver(Invite),
    defaultValues: { email: '', role: 'operator', delivery: 'link' as Delivery },
  });
  const { errors, isSubmitting } = form.formState;
  const delivery = form.watch('delivery') ?? 'link';
  const save = form.handleSubmit((input) =>
    client.invitations.create(input).then(
      async ({ link, invitation }) => {
        await queryClient.invalidateQueries({ queryKey: ['invitations'] });
        if (link) return onMade({ email: invitation.email, link });
        tell(`${invitation.email} is invited; the mail is on its way.`);
        return onClose();
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  return (
    <Dialog open onClose={onClose} title="Invite someone" lead="They get a link that is good once, for them alone.">
      <form onSubmit={save} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message} />
        <Field label="E-mail" error={errors.email?.message} hint="They sign in with it; the link is good for no other.">
          {(described) => <Input {...described} {...form.register('email')} type="email" autoFocus />}
        </Field>
        <Field label="Role" error={errors.role?.message} hint={useRoleHint(form.watch('role'))}>
          {(described) => <RoleSelect {...described} {...form.register('role')} />}
        </Field>
        <DeliveryChoice delivery={delivery} onChoose={(chosen) => form.setValue('delivery', chosen)} />
        <DialogButtons onCancel={onClose} busy={isSubmitting}>
          {delivery === 'mail' ? 'Send the invitation' : 'Make the link'}
        </DialogButtons>
      </form>
    </Dialog>
  );
}
