import type { From, SignedIn } from '../caller.ts';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { ifWritable } from '../system/database-mode.ts';
import { systemQuery } from '../query.ts';
import { cachedCaller } from '../session/caller-cache.ts';
import { hashToken } from '../session/token.ts';
import { touchKey } from './api-key.queries.ts';
import { findKeyInForce } from './key-in-force.ts';
import { isKeyValue } from './key-value.ts';

const touchedEveryMs = 60_000;

/** The program whose key this is, or undefined: unknown, expired, revoked or ended with whose it was. */
export async function authenticateApiKey(
  plane: ControlPlane,
  value: string,
  from: From,
): Promise<SignedIn | undefined> {
  if (!isKeyValue(value)) return undefined;
  const caller = await cachedCaller(plane, value, () => find(plane, value, from));
  return caller && { ...caller, ...from };
}

async function find(plane: ControlPlane, value: string, from: From): Promise<SignedIn | undefined> {
  const key = await systemQuery(plane, (tx) => findKeyInForce(tx, hashToken(value)));
  if (!key) return undefined;
  if (Date.now() - (key.lastUsedAt?.getTime() ?? 0) > touchedEveryMs)
    await ifWritable(plane, () => keep(plane, (tx) => touchKey(tx, key.id)));
  return {
    kind: 'api-key',
    id: key.id,
    name: key.name,
    workspaceId: key.workspaceId,
    ...key.access,
    goodForMs: key.goodForMs,
    ...holderOf(key),
    ...from,
  };
}

type Key = NonNullable<Awaited<ReturnType<typeof findKeyInForce>>>;

function holderOf(key: Key): Pick<SignedIn, 'onBehalfOf'> {
  if (key.serviceAccountId !== null)
    return { onBehalfOf: { kind: 'service-account', id: key.serviceAccountId, name: key.accountName ?? '' } };
  if (key.createdBy === null) return {};
  return { onBehalfOf: { kind: 'person', id: key.createdBy, name: key.creatorName ?? '' } };
}
