'use client';

import type { Passkey } from '@clawster/contract/passkey';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { Button } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';

const RenamePasskeyDialog = lazily(() =>
  import('./rename-passkey-dialog.tsx').then((module) => module.RenamePasskeyDialog),
);
const RemovePasskeyDialog = lazily(() =>
  import('./remove-passkey-dialog.tsx').then((module) => module.RemovePasskeyDialog),
);

export function PasskeyRow({ passkey }: { passkey: Passkey }) {
  const [asking, setAsking] = useState<'rename' | 'remove'>();
  const close = () => setAsking(undefined);
  const { name, host, createdAt, lastUsedAt } = passkey;
  return (
    <li className="flex min-h-16 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{name}</p>
        <p className="text-sm text-muted">
          for {host} · {keptWhere(passkey)} · added <Time at={createdAt} /> ·{' '}
          {lastUsedAt ? (
            <>
              last used <Time at={lastUsedAt} />
            </>
          ) : (
            'never used'
          )}
        </p>
      </div>
      <Button aria-label={`Rename ${name}`} onClick={() => setAsking('rename')}>
        Rename…
      </Button>
      <Button look="danger" aria-label={`Remove ${name}`} onClick={() => setAsking('remove')}>
        Remove…
      </Button>
      {asking === 'rename' ? <RenamePasskeyDialog passkey={passkey} onClose={close} /> : null}
      {asking === 'remove' ? <RemovePasskeyDialog passkey={passkey} onClose={close} /> : null}
    </li>
  );
}

function keptWhere({ device, isBackedUp }: Passkey): string {
  if (isBackedUp) return 'backed up';
  return device === 'single-device' ? 'on one device' : 'not backed up';
}
