'use client';

import { api } from '@clawster/contract/api';
import type { Passkey } from '@clawster/contract/passkey';
import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { useWhyNoPasskeys } from '../session/browser-passkey.ts';
import { PasskeyRow } from './passkey-row.tsx';

const AddPasskeyDialog = lazily(() => import('./add-passkey-dialog.tsx').then((module) => module.AddPasskeyDialog));

/** Keys with which a person signs in without the passphrase, or after it. */
export function Passkeys() {
  const { data, error } = useQuery(q(api.passkeys.list, {}));
  const [adding, setAdding] = useState(false);
  const whyNot = useWhyNoPasskeys();
  if (error && !data) return <Trouble message={sentenceOf(error)} />;
  const isEmpty = data?.items.length === 0;
  const add = (
    <Button icon={<Plus />} whyNot={whyNot} onClick={() => setAdding(true)}>
      Add a passkey…
    </Button>
  );
  return (
    <Card title="Passkeys" actions={isEmpty ? undefined : add} flush>
      {isEmpty ? (
        <Empty icon={<KeyRound />} title="No passkeys" action={add}>
          A passkey signs you in with a fingerprint, your face or a PIN, and is good at this address alone: nobody can
          lure it out of you.
        </Empty>
      ) : (
        <List passkeys={data?.items} />
      )}
      {whyNot ? <p className="px-4 pb-3 text-center text-sm text-muted">{whyNot}.</p> : null}
      {adding ? <AddPasskeyDialog onClose={() => setAdding(false)} /> : null}
    </Card>
  );
}

function List({ passkeys }: { passkeys: Passkey[] | undefined }) {
  return (
    <ul className="divide-y divide-line">
      {passkeys?.map((passkey) => <PasskeyRow key={passkey.id} passkey={passkey} />) ?? (
        <li className="flex h-16 items-center px-4">
          <Skeleton className="h-4 w-1/2" />
        </li>
      )}
    </ul>
  );
}
