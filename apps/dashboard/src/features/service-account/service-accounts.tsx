'use client';

import { api } from '@clawster/contract/api';
import type { ServiceAccount } from '@clawster/contract/service-account';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { useIdentity, useWhyForbidden } from '../session/use-identity.ts';
import { ServiceAccountRow } from './service-account-row.tsx';

const CreateKeyDialog = lazily(() =>
  import('../api-key/create-key-dialog.tsx').then((module) => module.CreateKeyDialog),
);
const AccountFormDialog = lazily(() => import('./account-form-dialog.tsx').then((module) => module.AccountFormDialog));
const DeleteAccountDialog = lazily(() =>
  import('./delete-account-dialog.tsx').then((module) => module.DeleteAccountDialog),
);

export type AccountDialog = { kind: 'form' | 'key' | 'delete'; account?: ServiceAccount };

/** Service accounts, for those who may see keys; nothing for others. They stand below the keys, so they wait for these. */
export function ServiceAccounts() {
  const { isPending } = useQuery(q(api.apiKeys.list, { limit: 200 }));
  const mayRead = useIdentity()?.permissions.includes('api-key:read');
  return mayRead && !isPending ? <AccountList /> : null;
}

function AccountList() {
  const { data, error, refetch } = useQuery(q(api.serviceAccounts.list, { limit: 200 }));
  const [dialog, setDialog] = useState<AccountDialog>();
  const forbidden = useWhyForbidden('api-key:manage');
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  const create = (
    <Button icon={<Plus />} whyNot={forbidden} onClick={() => setDialog({ kind: 'form' })}>
      Make a service account
    </Button>
  );
  return (
    <Card title="Service accounts" actions={create} flush>
      <p className="px-4 py-3 text-sm text-muted">
        Members that are no people: keys of theirs stay when whoever made them leaves.
      </p>
      <ul className="divide-y divide-line">
        {data?.items.map((account) => (
          <ServiceAccountRow key={account.id} account={account} forbidden={forbidden} onAsk={setDialog} />
        )) ?? (
          <li className="flex h-16 items-center px-4">
            <Skeleton className="h-4 w-1/2" />
          </li>
        )}
      </ul>
      <OpenDialog dialog={dialog} onClose={() => setDialog(undefined)} />
    </Card>
  );
}

function OpenDialog({ dialog, onClose }: { dialog: AccountDialog | undefined; onClose: () => void }) {
  if (!dialog) return null;
  const { kind, account } = dialog;
  if (kind === 'form') return <AccountFormDialog account={account} onClose={onClose} />;
  if (!account) return null;
  if (kind === 'key') return <CreateKeyDialog account={account} onClose={onClose} />;
  return <DeleteAccountDialog account={account} onClose={onClose} />;
}
