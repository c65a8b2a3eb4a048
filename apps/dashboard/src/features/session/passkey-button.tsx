'use client';

import { KeyRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Button } from '../../ui/button.tsx';
import type { Look } from '../../ui/button-look.ts';
import { FormProblem } from '../../ui/field.tsx';
import { signWithPasskey, useWhyNoPasskeys } from './browser-passkey.ts';

type PasskeyButtonProps = {
  /** Of the second step; absent where the passkey alone signs in. */
  challenge?: string;
  look?: Look;
  onSignedIn: () => void;
  children: ReactNode;
};

/** Signs in with a passkey; says why where the browser has none. */
export function PasskeyButton({ challenge, look, onSignedIn, children }: PasskeyButtonProps) {
  const whyNot = useWhyNoPasskeys();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const sign = async () => {
    setBusy(true);
    setProblem(undefined);
    const credential = await signWithPasskey(await client.passkeys.ask(challenge ? { challenge } : {}));
    await (challenge ? client.passkeys.secondStep({ challenge, credential }) : client.passkeys.signIn({ credential }));
    onSignedIn();
  };
  const onClick = () =>
    void sign().catch((error: unknown) => {
      setBusy(false);
      setProblem(sentenceOf(error));
    });
  return (
    <div className="space-y-2">
      <FormProblem message={problem} />
      <Button
        look={look}
        icon={<KeyRound aria-hidden />}
        className="h-9 w-full"
        busy={busy}
        whyNot={whyNot}
        onClick={onClick}
      >
        {children}
      </Button>
      {whyNot ? <p className="text-xs text-muted">{whyNot}.</p> : null}
    </div>
  );
}
