'use client';

import { CurrentPassword } from '@clawster/contract/profile';
import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';

const Removal = z.object({ password: CurrentPassword });

/** Says what ends with one's own account, and asks for the passphrase. */
export function RemoveAccountDialog({ onClose }: { onClose: () => void }) {
  const form = useForm({ resolver: zodResolver(Removal), defaultValues: { password: '' } });
  const { errors, isSubmitting } = form.formState;
  const remove = form.handleSubmit((input) =>
    client.profile.remove(input).then(
      () => window.location.assign(paths.signIn()),
      (error: unknown) => showProblem(form, error),
    ),
  );
  return (
    <Dialog open onClose={onClose} title="Remove your account?" lead={<BlastRadius />}>
      <form onSubmit={remove} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message} />
        <Field label="Your passphrase" error={errors.password?.message}>
          {(described) => (
            <PasswordInput {...described} {...form.register('password')} autoComplete="current-password" autoFocus />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Keep it</Button>
          <Button type="submit" look="alarm" busy={isSubmitting}>
            Remove my account
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function BlastRadius() {
  return (
    <>
      <p>This ends at once, for good:</p>
      <ul className="mt-1 list-disc space-y-0.5 pl-5">
        <li>your membership of every workspace, and your sessions</li>
        <li>API keys you made: programs that use them stop working</li>
        <li>invitations you gave that were not accepted yet</li>
      </ul>
      <p className="mt-2">Bots go on. What you did stays in the audit trail, under your name.</p>
    </>
  );
}
