'use client';

import { api } from '@clawster/contract/api';
import type { ApiKey } from '@clawster/contract/api-key';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';

const CreateKeyDialog = lazily(() => import('./create-key-dialog.tsx').then((module) => module.CreateKeyDialog));

/** Keys for programs and the command line. */
export function ApiKeys() {
  const { data, error } = useQuery(q(api.apiKeys.list, { limit: 200 }));
  const [creating, setCreating] = useState(false);
  const forbidden = useWhyForbidden('api-key:manage');
  if (error && !data) return <Trouble message={sentenceOf(error)} />;
  const create = (
    <Button look="primary" icon={<Plus />} whyNot={forbidden} onClick={() => setCreating(true)}>
      Create a key
    </Button>
  );
  return (
    <Card title="Keys for programs and the command line" actions={data?.items.length ? create : undefined} flush>
      {data?.items.length === 0 ? (
        <Empty icon={<KeyRound />} title="No API keys" action={create}>
          A key lets a program do what a role allows, until it expires or is revoked.
        </Empty>
      ) : null}
      <ul className="divide-y divide-line">
        {data?.items.map((apiKey) => <ApiKeyRow key={apiKey.id} apiKey={apiKey} forbidden={forbidden} />) ?? (
          <li className="flex h-16 items-center px-4">
            <Skeleton className="h-4 w-1/2" />
          </li>
        )}
      </ul>
      {creating ? <CreateKeyDialog onClose={() => setCreating(false)} /> : null}
    </Card>
  );
}

function ApiKeyRow({ apiKey, forbidden }: { apiKey: ApiKey; forbidden: string | undefined }) {
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => client.apiKeys.revoke({ apiKeyId: apiKey.id }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['apiKeys'] });
      tell(`${apiKey.name} was revoked; it is refused from now on.`);
    },
    onError: tellTrouble,
  });
  const { name, prefix, role, expiresAt, lastUsedAt, revokedAt } = apiKey;
  return (
    <li className="flex min-h-16 flex-wrap items-center gap-4 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {name} <code className="ml-1 font-mono text-xs font-normal text-muted">{prefix}…</code>
        </p>
        <p className="text-sm text-muted">
          {role} ·{' '}
          {revokedAt ? (
            <>
              revoked <Time at={revokedAt} />
            </>
          ) : (
            <>
              expires <Time at={expiresAt} /> ·{' '}
              {lastUsedAt ? (
                <>
                  last used <Time at={lastUsedAt} />
                </>
              ) : (
                'never used'
              )}
            </>
          )}
        </p>
      </div>
      {revokedAt ? null : (
        <Button look="danger" busy={revoke.isPending} whyNot={forbidden} onClick={() => revoke.mutate()}>
          Revoke
        </Button>
      )}
    </li>
  );
}
