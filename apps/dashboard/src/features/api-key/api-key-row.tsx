import type { ApiKey } from '@clawster/contract/api-key';
import { sayBots } from '@clawster/domain/role/reach';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { lazily } from '../../lib/lazily.tsx';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';

const RotateKeyDialog = lazily(() => import('./rotate-key-dialog.tsx').then((module) => module.RotateKeyDialog));

/** A key, whose it is and how long it is good, with what can be done about it. */
export function ApiKeyRow({ apiKey }: { apiKey: ApiKey }) {
  const { name, prefix, role, bots, serviceAccount, madeBy, isOwn } = apiKey;
  const whose = serviceAccount ? `of ${serviceAccount.name}` : isOwn || !madeBy ? undefined : `of ${madeBy.name}`;
  return (
    <li className="flex min-h-16 flex-wrap items-center gap-4 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {name} <code className="ml-1 font-mono text-xs font-normal text-muted">{prefix}…</code>
        </p>
        <p className="text-sm text-muted">
          {role}
          {bots ? ` for ${sayBots(bots)}` : null} · {whose ? `${whose} · ` : null}
          <State apiKey={apiKey} />
        </p>
      </div>
      {apiKey.revokedAt ? null : <Actions apiKey={apiKey} />}
    </li>
  );
}

function State({ apiKey: { expiresAt, lastUsedAt, revokedAt, replacedBy } }: { apiKey: ApiKey }) {
  if (revokedAt)
    return (
      <>
        revoked <Time at={revokedAt} />
      </>
    );
  return (
    <>
      {replacedBy ? 'replaced; ends' : 'expires'} <Time at={expiresAt} /> ·{' '}
      {lastUsedAt ? (
        <>
          last used <Time at={lastUsedAt} />
        </>
      ) : (
        'never used'
      )}
    </>
  );
}

function Actions({ apiKey }: { apiKey: ApiKey }) {
  const queryClient = useQueryClient();
  const [rotating, setRotating] = useState(false);
  const mayManage = useWhyForbidden('api-key:manage');
  const mayOwn = useWhyForbidden('api-key:own');
  const forbidden = apiKey.isOwn ? mayOwn : mayManage;
  const revoke = useMutation({
    mutationFn: () => client.apiKeys.revoke({ apiKeyId: apiKey.id }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['apiKeys'] });
      tell(`${apiKey.name} was revoked; it is refused from now on.`);
    },
    onError: tellTrouble,
  });
  return (
    <div className="flex gap-2">
      {apiKey.replacedBy ? null : (
        <Button whyNot={forbidden ?? whyNotRotate(apiKey)} onClick={() => setRotating(true)}>
          Rotate…
        </Button>
      )}
      <Button look="danger" busy={revoke.isPending} whyNot={forbidden} onClick={() => revoke.mutate()}>
        Revoke
      </Button>
      {rotating ? <RotateKeyDialog apiKey={apiKey} onClose={() => setRotating(false)} /> : null}
    </div>
  );
}

function whyNotRotate({ isOwn, serviceAccount, expiresAt }: ApiKey): string | undefined {
  if (!isOwn && !serviceAccount) return 'It is another person’s: they rotate it themselves';
  return Date.parse(expiresAt) <= Date.now() ? 'It has expired: make a new key instead' : undefined;
}
