import { api } from '@clawster/contract/api';
import type { SsoCheck } from '@clawster/contract/sso';
import type { Caller } from '../caller.ts';
import { admit } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { readSecret } from '../secret/read-secret.ts';
import { whyNotProvider } from './check-provider.ts';
import { findProvider, secretPlace } from './provider.queries.ts';
import { noProvider } from './remove-provider.ts';

/** Asks the workspace's provider; what is wrong is the answer, not a refusal. */
export async function testProvider(plane: ControlPlane, asking: Caller, _raw: unknown): Promise<SsoCheck> {
  const { workspaceId } = admit(api.sso.test, asking);
  const { provider, clientSecret } = await readAs(plane, { workspaceId }, async (tx) => {
    const stored = await findProvider(tx, workspaceId);
    if (!stored) throw noProvider();
    const secret = await readSecret(tx, plane.keys, secretPlace(workspaceId, stored.provider.id));
    return { provider: stored.provider, clientSecret: secret ?? '' };
  });
  const { name, issuer, clientId } = provider;
  const wrong = await whyNotProvider(plane, { issuer, clientId, clientSecret });
  return {
    ok: !wrong,
    message: wrong?.message ?? `${name} answers, and knows our client id and secret`,
    checkedAt: new Date().toISOString(),
  };
}
