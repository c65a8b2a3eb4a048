'use client';

import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/page.tsx';
import { useIdentity } from '../session/use-identity.ts';
import { EmailForm } from './email-form.tsx';
import { NameForm } from './name-form.tsx';
import { Passkeys } from './passkeys.tsx';
import { SecondFactor } from './second-factor.tsx';
import { PassphraseForm } from './passphrase-form.tsx';

const RemoveAccountDialog = lazily(() =>
  import('./remove-account-dialog.tsx').then((module) => module.RemoveAccountDialog),
);

/** What a person changes of their own account. */
export function Account() {
  const identity = useIdentity();
  const [removing, setRemoving] = useState(false);
  if (identity?.caller.kind !== 'person') return null;
  const { name, email } = identity.caller.person;
  return (
    <>
      <Card title="Name and e-mail">
        <div className="grid items-start gap-6 md:grid-cols-2">
          <NameForm key={name} name={name} />
          <EmailForm key={email} email={email} />
        </div>
      </Card>
      <Card title="Passphrase">
        <div className="max-w-md">
          <PassphraseForm name={name} email={email} />
        </div>
      </Card>
      <div id="second-factor" className="scroll-mt-4">
        <SecondFactor />
      </div>
      <Passkeys />
      <Card title="Your account">
        <p className="mb-3 max-w-prose text-sm text-muted">
          Removing it ends your sessions and the API keys you made. The last owner of a workspace cannot leave it.
        </p>
        <Button look="danger" onClick={() => setRemoving(true)}>
          Remove my account…
        </Button>
      </Card>
      {removing ? <RemoveAccountDialog onClose={() => setRemoving(false)} /> : null}
    </>
  );
}
