'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { ProofForm } from './proof-form.tsx';
import { QrCode } from './qr-code.tsx';
import { codesLead, codesTitle, RecoveryCodes } from './recovery-codes.tsx';

type Offered = { secret: string; uri: string };

/** Three steps: the passphrase, a first code of the app, and the recovery codes. */
export function AddTotpDialog({ onClose }: { onClose: () => void }) {
  const [offered, setOffered] = useState<Offered>();
  const [codes, setCodes] = useState<string[]>();
  if (codes)
    return (
      <Dialog open onClose={onClose} title={codesTitle} lead={codesLead}>
        <RecoveryCodes codes={codes} onDone={onClose} />
      </Dialog>
    );
  if (offered)
    return (
      <Dialog
        open
        onClose={onClose}
        title="Scan it with your app"
        lead="Then enter the code that the app shows. Nothing changes before that."
      >
        <ConfirmForm offered={offered} onClose={onClose} onConfirmed={setCodes} />
      </Dialog>
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add an authenticator app"
      lead="Any app that shows codes of six digits, on a phone or in a password manager. Your other sessions are closed with it."
    >
      <ProofForm act={async (proof) => setOffered(await client.account.offerTotp(proof))} onCancel={onClose}>
        Continue
      </ProofForm>
    </Dialog>
  );
}

type ConfirmFormProps = { offered: Offered; onClose: () => void; onConfirmed: (codes: string[]) => void };
const Confirm = z.object({ code: z.string().trim().min(1, 'Enter the code that the app shows') });

function ConfirmForm({ offered, onClose, onConfirmed }: ConfirmFormProps) {
  const queryClient = useQueryClient();
  const form = useForm({ resolver: zodResolver(Confirm), defaultValues: { code: '' } });
  const { errors, isSubmitting } = form.formState;
  const confirm = form.handleSubmit((input) =>
    client.account.confirmTotp(input).then(
      async ({ recoveryCodes }) => {
        await Promise.all(['account', 'sessions'].map((noun) => queryClient.invalidateQueries({ queryKey: [noun] })));
        onConfirmed(recoveryCodes);
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  return (
    <form onSubmit={confirm} noValidate className="space-y-4">
      <div className="flex flex-col items-center gap-3">
        <QrCode text={offered.uri} label="Picture to scan with the authenticator app" />
        <p className="text-center text-sm text-muted">
          Or type it in:{' '}
          <code className="font-mono text-text select-all">{offered.secret.replaceAll(/(.{4})/g, '$1 ').trim()}</code>
        </p>
      </div>
      <FormProblem message={errors.root?.message} />
      <Field label="Code of the app" error={errors.code?.message}>
        {(described) => (
          <Input
            {...described}
            {...form.register('code')}
            autoComplete="one-time-code"
            inputMode="numeric"
            className="font-mono"
            autoFocus
          />
        )}
      </Field>
      <DialogButtons onCancel={onClose} busy={isSubmitting}>
        Confirm
      </DialogButtons>
    </form>
  );
}
