'use client';

import { api } from '@clawster/contract/api';
import type { Directory } from '@clawster/contract/directory';
import { useQuery } from '@tanstack/react-query';
import { Plug, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { ConnectDialog } from './connect-dialog.tsx';
import { DirectoryGroups } from './directory-groups.tsx';
import { RemoveDirectoryDialog } from './remove-directory-dialog.tsx';
import { RotateDirectoryDialog } from './rotate-directory-dialog.tsx';

type Asking = 'connect' | 'rotate' | 'remove';

/** The directory that makes and ends the people of the workspace by SCIM, beside the provider they sign in at. */
export function DirectoryCard({ hasProvider }: { hasProvider: boolean }) {
  const { data, error } = useQuery(q(api.directory.show, {}));
  const [asking, setAsking] = useState<Asking>();
  const close = () => setAsking(undefined);
  if (error && !data) return <Trouble message={sentenceOf(error)} />;
  if (!data)
    return (
      <Card title="Directory (SCIM)">
        <Skeleton className="h-24 w-full" />
      </Card>
    );
  const { directory, baseUrl } = data;
  return (
    <Card title="Directory (SCIM)">
      <p className="mb-3 max-w-prose text-sm text-muted">
        Your directory (Okta, Microsoft Entra ID and others) makes accounts here before anybody signs in, changes their
        role with their groups, and ends their access within a second. Enter this base URL there:
      </p>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <code className="rounded-md border border-line bg-ground px-2 py-1 font-mono text-sm break-all">{baseUrl}</code>
        <CopyButton text={() => baseUrl} label="Copy" />
      </div>
      {directory ? (
        <Connected directory={directory} ask={setAsking} />
      ) : (
        <NotConnected hasProvider={hasProvider} ask={setAsking} />
      )}
      {asking === 'connect' ? <ConnectDialog baseUrl={baseUrl} onClose={close} /> : null}
      {asking === 'rotate' && directory ? (
        <RotateDirectoryDialog name={directory.name} baseUrl={baseUrl} onClose={close} />
      ) : null}
      {asking === 'remove' && directory ? <RemoveDirectoryDialog directory={directory} onClose={close} /> : null}
    </Card>
  );
}

function Actions({ ask }: { ask: (what: Asking) => void }) {
  return (
    <div className="mt-4 flex flex-wrap justify-end gap-2">
      <Button icon={<RefreshCw />} onClick={() => ask('rotate')}>
        Rotate the token…
      </Button>
      <Button look="danger" icon={<Trash2 />} onClick={() => ask('remove')}>
        Remove directory…
      </Button>
    </div>
  );
}

function NotConnected({ hasProvider, ask }: { hasProvider: boolean; ask: (what: Asking) => void }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-sm text-muted">
        {hasProvider
          ? 'No directory is connected.'
          : 'Set up single sign-on first: people sign in there, and groups have their roles by it.'}
      </p>
      <Button
        look="primary"
        icon={<Plug />}
        whyNot={hasProvider ? undefined : 'Set up single sign-on first'}
        onClick={() => ask('connect')}
      >
        Connect a directory…
      </Button>
    </div>
  );
}

function Connected({ directory, ask }: { directory: Directory; ask: (what: Asking) => void }) {
  const { name, prefix, lastUsedAt, oldTokenGoodUntil, setByRole, people } = directory;
  return (
    <>
      <dl className="mb-4 grid gap-x-4 gap-y-1.5 text-sm sm:grid-cols-[8rem_minmax(0,1fr)]">
        <dt className="text-muted">Directory</dt>
        <dd className="font-medium">{name}</dd>
        <dt className="text-muted">Token</dt>
        <dd>
          <code className="font-mono">{prefix}…</code>, {lastUsedAt ? 'last used ' : 'not used yet'}
          {lastUsedAt ? <Time at={lastUsedAt} /> : null}
          {oldTokenGoodUntil ? (
            <span className="block text-muted">
              The one before ends <Time at={oldTokenGoodUntil} />
            </span>
          ) : null}
        </dd>
        <dt className="text-muted">People</dt>
        <dd>{sayPeople(people)}</dd>
        <dt className="text-muted">Up to</dt>
        <dd>{setByRole}: it decides over nobody, and gives no role, that may do more</dd>
      </dl>
      <DirectoryGroups />
      <Actions ask={ask} />
    </>
  );
}

function sayPeople({ letIn, shut, inNoGroup }: Directory['people']): string {
  const waiting = inNoGroup > 0 ? `, ${inNoGroup} of them in no group with a role` : '';
  return `${count(letIn, 'person', 'people')} let in, ${shut} not${waiting}`;
}
