'use client';

import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';

/** Fresh codes, shown this once. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  return (
    <>
      <ul
        aria-label="Recovery codes"
        className="mb-4 grid gap-x-4 gap-y-1 rounded-md border border-line bg-ground p-3 font-mono text-sm select-all sm:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex justify-end gap-2">
        <CopyButton text={() => codes.join('\n')} label="Copy the codes" />
        <Button look="primary" onClick={onDone}>
          I have them
        </Button>
      </div>
    </>
  );
}

export const codesTitle = 'Keep your recovery codes';
export const codesLead =
  'Each lets you in once, in place of the app or a passkey, as when the phone is lost. They are shown this once: print them, or put them where your passphrase is not.';
