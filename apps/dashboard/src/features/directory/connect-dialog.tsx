'use client';

import { ConnectDirectory } from '@clawster/contract/directory';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { TokenDialog } from './token-dialog.tsx';

/** Connects a directory, and shows its token once. */
export function ConnectDialog({ baseUrl, onClose }: { baseUrl: string; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [value, setValue] = useState<string>();
  const form = useForm({ resolver: zodResolver(ConnectDirectory), defaultValues: { name: '' } });
  const { errors, isSubmitting } = form.formState;
  const save = form.handleSubmit((input) =>
    client.directory.connect(input).then(
      (connected) => setValue(connected.value),
      (error: unknown) => showProblem(form, error),
    ),
  );
  // The card is asked for anew once the token was seen: before, it would close what shows it.
  const close = () => {
    void queryClient.invalidateQueries({ queryKey: ['directory'] });
    onClose();
  };
  if (value) return <TokenDialog value={value} baseUrl={baseUrl} onClose={close} />;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Connect a directory"
      lead="It may make accounts for the domains set up above, give the roles that its groups are mapped to, and end anybody's access but the last owner's."
    >
      <form onSubmit={save} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message} />
        <Field label="Name of the directory" error={errors.name?.message} hint="As people and the audit trail call it.">
          {(described) => <Input {...described} {...form.register('name')} placeholder="Okta" autoFocus />}
        </Field>
        <DialogButtons onCancel={onClose} busy={isSubmitting}>
          Connect
        </DialogButtons>
      </form>
    </Dialog>
  );
}
