'use client';

import { PasskeyName } from '@clawster/contract/passkey';
import { CurrentPassword } from '@clawster/contract/account';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { tell } from '../../lib/toast.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { makePasskey } from '../session/browser-passkey.ts';
import { deviceName } from '../session/device-name.ts';
import { codesLead, codesTitle, RecoveryCodes } from './recovery-codes.tsx';

const AddPasskey = z.object({ name: PasskeyName, password: CurrentPassword });

/** A name and the passphrase, then the browser's own question, and for a first factor the recovery codes. */
export function AddPasskeyDialog({ onClose }: { onClose: () => void }) {
  const [codes, setCodes] = useState<string[]>();
  if (codes)
    return (
      <Dialog open onClose={onClose} title={codesTitle} lead={codesLead}>
        <RecoveryCodes codes={codes} onDone={onClose} />
      </Dialog>
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add a passkey"
      lead="The browser asks where to keep it: on this device, on a phone, or on a security key. With your first one, your other sessions are closed."
    >
      <AddForm onClose={onClose} onCodes={setCodes} />
    </Dialog>
  );
}

function AddForm({ onClose, onCodes }: { onClose: () => void; onCodes: (codes: string[]) => void }) {
  const queryClient = useQueryClient();
  const form = useForm({
    resolver: zodResolver(AddPasskey),
    defaultValues: { name: deviceName(navigator.userAgent), password: '' },
  });
  const { errors, isSubmitting } = form.formState;
  const add = async ({ name, password }: z.infer<typeof AddPasskey>) => {
    const credential = await makePasskey(await client.passkeys.offer({ password }));
    const { recoveryCodes } = await client.passkeys.add({ name, credential });
    await Promise.all(
      ['passkeys', 'account', 'sessions'].map((noun) => queryClient.invalidateQueries({ queryKey: [noun] })),
    );
    if (recoveryCodes) return onCodes(recoveryCodes);
    tell(`${name} signs you in from now on.`);
    onClose();
  };
  const submit = form.handleSubmit((input) => add(input).catch((error: unknown) => showProblem(form, error)));
  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      <FormProblem message={errors.root?.message} />
      <Field label="Name of the passkey" error={errors.name?.message}>
        {(described) => <Input {...described} {...form.register('name')} autoComplete="off" />}
      </Field>
      <Field label="Your passphrase" error={errors.password?.message}>
        {(described) => (
          <PasswordInput {...described} {...form.register('password')} autoComplete="current-password" autoFocus />
        )}
      </Field>
      <DialogButtons onCancel={onClose} busy={isSubmitting}>
        Continue
      </DialogButtons>
    </form>
  );
}
