'use client';

import type { SignInAnswer } from '@clawster/contract/session';
import { Button } from '../../ui/button.tsx';
import { PasskeyButton } from './passkey-button.tsx';
import { CodeForm } from './code-form.tsx';

export type SecondStepAsked = Extract<SignInAnswer, { state: 'second-step' }>;
type SecondStepFormProps = { asked: SecondStepAsked; onSignedIn: () => void; onBack: () => void };

/** After the right passphrase: a passkey, the code of the authenticator app, or a recovery code. */
export function SecondStepForm({ asked, onSignedIn, onBack }: SecondStepFormProps) {
  const hasPasskey = asked.factors.includes('passkey');
  const codes = asked.factors.filter((factor) => factor !== 'passkey');
  return (
    <>
      <h1 className="mb-1 text-xl font-semibold tracking-tight">One more step</h1>
      {hasPasskey ? (
        <div className="my-6">
          <PasskeyButton challenge={asked.challenge} look="primary" onSignedIn={onSignedIn}>
            Use a passkey
          </PasskeyButton>
        </div>
      ) : null}
      {codes.length > 0 ? (
        <CodeForm challenge={asked.challenge} codes={codes} isElse={hasPasskey} onSignedIn={onSignedIn} />
      ) : null}
      <Button look="quiet" className="mt-2" onClick={onBack}>
        Begin again
      </Button>
    </>
  );
}
