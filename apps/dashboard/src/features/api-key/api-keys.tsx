'use client';

import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { ApiKeyRow } from './api-key-row.tsx';

const CreateKeyDialog = lazily(() => import('./create-key-dialog.tsx').then((module) => module.CreateKeyDialog));

/** Keys for programs and the command line: all of them, or for who may not see these their own. */
export function ApiKeys() {
  const { data, error } = useQuery(q(api.apiKeys.list, { limit: 200 }));
  const [creating, setCreating] = useState(false);
  const forbidden = useWhyForbidden('api-key:own');
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
        {data?.items.map((apiKey) => <ApiKeyRow key={apiKey.id} apiKey={apiKey} />) ?? (
          <li className="flex h-16 items-center px-4">
            <Skeleton className="h-4 w-1/2" />
          </li>
        )}
      </ul>
      {creating ? <CreateKeyDialog onClose={() => setCreating(false)} /> : null}
    </Card>
  );
}
