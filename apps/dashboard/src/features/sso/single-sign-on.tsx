'use client';

import { api } from '@clawster/contract/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { PlugZap, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { DirectoryCard } from '../directory/directory-card.tsx';
import { useIdentity, whyForbidden } from '../session/use-identity.ts';
import { ProviderForm } from './provider-form.tsx';
import { RemoveDialog } from './remove-dialog.tsx';

/** The identity provider of the workspace: how people sign in without a passphrase of Clawster. */
export function SingleSignOn() {
  const identity = useIdentity();
  const forbidden = whyForbidden(identity, 'person:manage');
  if (!identity) return <Waiting />;
  if (forbidden) return <Trouble message={forbidden} />;
  return <Provider />;
}

function Provider() {
  const { data, error } = useQuery(q(api.sso.show, {}));
  if (error && !data) return <Trouble message={sentenceOf(error)} />;
  if (!data) return <Waiting />;
  const { provider, redirectUrl } = data;
  return (
    <div className="space-y-5">
      <Card title="Single sign-on" actions={provider ? <Actions name={provider.name} /> : undefined}>
        <p className="mb-3 max-w-prose text-sm text-muted">
          People sign in at your OpenID Connect provider, which is also where their second factor is asked for. Register
          Clawster there as a web application with this redirect URL:
        </p>
        <div className="mb-5 flex flex-wrap items-center gap-2">
          <code className="rounded-md border border-line bg-ground px-2 py-1 font-mono text-sm break-all">
            {redirectUrl}
          </code>
          <CopyButton text={() => redirectUrl} label="Copy" />
        </div>
        <ProviderForm key={provider?.updatedAt} provider={provider} />
      </Card>
      <DirectoryCard hasProvider={provider !== undefined} />
    </div>
  );
}

function Actions({ name }: { name: string }) {
  const [removing, setRemoving] = useState(false);
  const queryClient = useQueryClient();
  const test = useMutation({
    mutationFn: () => client.sso.test({}),
    onSuccess: ({ ok, message }) => (ok ? tell(message) : tellTrouble(new Error(message))),
    onError: tellTrouble,
  });
  return (
    <div className="flex gap-2">
      <Button icon={<PlugZap />} busy={test.isPending} onClick={() => test.mutate()}>
        Test
      </Button>
      <Button look="danger" icon={<Trash2 />} onClick={() => setRemoving(true)}>
        Remove…
      </Button>
      {removing ? (
        <RemoveDialog
          name={name}
          onClose={() => setRemoving(false)}
          onRemoved={() => queryClient.invalidateQueries({ queryKey: ['sso'] })}
        />
      ) : null}
    </div>
  );
}

function Waiting() {
  return (
    <Card>
      <Skeleton className="h-72 w-full" />
    </Card>
  );
}
