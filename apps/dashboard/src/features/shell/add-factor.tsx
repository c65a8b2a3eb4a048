'use client';

import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Passkeys } from '../account/passkeys.tsx';
import { SecondFactor } from '../account/second-factor.tsx';
import { useIdentity } from '../session/use-identity.ts';

export function AddFactor() {
  const isMissing = useIdentity()?.missingFactor !== undefined;
  return (
    <Page
      title="Add a second factor"
      lead="This workspace requires one of you, and the time for it is over: add an authenticator app or a passkey to go on."
      actions={
        <Button
          look="primary"
          whyNot={isMissing ? 'Add a second factor first' : undefined}
          onClick={() => window.location.reload()}
        >
          Go on
        </Button>
      }
    >
      <div className="space-y-5">
        <SecondFactor />
        <Passkeys />
      </div>
    </Page>
  );
}
