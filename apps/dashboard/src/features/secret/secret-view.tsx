'use client';

import { api } from '@clawster/contract/api';
import type { Secret, SecretVersion } from '@clawster/contract/secret';
import { sourceNames } from '@clawster/domain/secret/source';
import { useQuery } from '@tanstack/react-query';
import { OctagonX, Pencil, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Button } from '../../ui/button.tsx';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { OpenedHead } from '../configuration/opened-head.tsx';
import { RotationCard } from '../rotation/rotation-card.tsx';
import { Warning } from '../../ui/warning.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { Accesses } from './accesses.tsx';
import { SourceCard } from './source-card.tsx';
import { SecretFacts } from './secret-facts.tsx';
import { Versions } from './versions.tsx';

const EditSecretDialog = lazily(() => import('./edit-secret-dialog.tsx').then((module) => module.EditSecretDialog));
const DeleteSecretDialog = lazily(() =>
  import('./delete-secret-dialog.tsx').then((module) => module.DeleteSecretDialog),
);
const RotateDialog = lazily(() => import('../rotation/rotate-dialog.tsx').then((module) => module.RotateDialog));
const RevokeDialog = lazily(() => import('../rotation/revoke-dialog.tsx').then((module) => module.RevokeDialog));

/** One secret: what uses it, its versions, who was given it, and how it gets another value. */
export function SecretView({ secretId, onClose }: { secretId: string; onClose: () => void }) {
  const { data: secret, error, refetch } = useQuery(q(api.secrets.get, { secretId }));
  if (error && !secret) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  if (!secret) return <Skeleton className="h-96 w-full" />;
  return (
    <div className="space-y-5">
      <OpenedHead title={secret.name} onClose={onClose}>
        <Actions secret={secret} onDeleted={onClose} />
      </OpenedHead>
      {isGone(secret) ? <Gone secret={secret} /> : null}
      <RotationCard secretId={secret.id} />
      <SourceCard secret={secret} />
      <SecretFacts secret={secret} />
      <Versions versions={secret.versions} />
      <Accesses secretId={secret.id} />
    </div>
  );
}

type Detailed = Secret & { versions: SecretVersion[] };
/** Whether there is no value any more. */
function isGone({ versions }: Detailed): boolean {
  return versions.every(({ state }) => state === 'revoked');
}

function Gone({ secret }: { secret: Secret }) {
  const remedy = secret.source ? 'it has another value where it is kept' : 'it is rotated';
  return <Warning>It was revoked, and its values are gone. What uses it works again once {remedy}.</Warning>;
}

type Asked = 'edit' | 'rotate' | 'revoke' | 'delete';

function Actions({ secret, onDeleted }: { secret: Detailed; onDeleted: () => void }) {
  const [asked, setAsked] = useState<Asked>();
  const forbidden = useWhyForbidden('secret:manage');
  const close = () => setAsked(undefined);
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        look="primary"
        icon={<RefreshCw />}
        whyNot={forbidden ?? whyNotRotate(secret)}
        onClick={() => setAsked('rotate')}
      >
        Rotate…
      </Button>
      <Button icon={<Pencil />} whyNot={forbidden} onClick={() => setAsked('edit')}>
        Change…
      </Button>
      <Button
        look="danger"
        icon={<OctagonX />}
        whyNot={forbidden ?? (isGone(secret) ? 'Its values are gone already: rotate it to give it another' : undefined)}
        onClick={() => setAsked('revoke')}
      >
        Revoke…
      </Button>
      <Button
        look="danger"
        icon={<Trash2 />}
        whyNot={forbidden ?? whyNotDelete(secret)}
        onClick={() => setAsked('delete')}
      >
        Delete…
      </Button>
      {asked === 'edit' ? <EditSecretDialog secret={secret} onClose={close} /> : null}
      {asked === 'rotate' ? <RotateDialog secret={secret} onClose={close} /> : null}
      {asked === 'revoke' ? <RevokeDialog secret={secret} onClose={close} /> : null}
      {asked === 'delete' ? <DeleteSecretDialog secret={secret} onClose={close} onDeleted={onDeleted} /> : null}
    </div>
  );
}

function whyNotRotate({ rotationId, source }: Secret): string | undefined {
  if (rotationId) return 'It is being rotated: wait until that is over, or undo it';
  return source ? `It is kept in ${sourceNames[source.kind]}: change it there, or read it now` : undefined;
}

function whyNotDelete({ uses }: Secret): string | undefined {
  const names = [...new Set(uses.map(({ name }) => name))].join(', ');
  return names ? `Used by ${names}: give that another one, or delete it first` : undefined;
}
