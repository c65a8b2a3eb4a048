import { randomBytes, randomUUID } from 'node:crypto';
import { roleMatrix } from '@clawster/domain/role/role';
import type { SignedIn } from '../caller.ts';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { fileKey } from '../secret/key-wrapper.ts';
import { keyRing } from '../secret/key-ring.ts';
import { readSecret } from '../secret/read-secret.ts';
import { storeSecret } from '../secret/store-secret.ts';
import { newViewer } from '../testing.ts';

/** A control plane that has a database and keys, and nothing else. */
export function keyPlane(db: ControlPlane['db'], keys: ControlPlane['keys'] = keyRing({ current: newKey() })) {
  return { db, keys, wake: () => undefined, log: () => undefined } as unknown as ControlPlane;
}

export const newKey = () => fileKey(randomBytes(32));

/** The owner of a workspace of their own. */
export async function newOwner(plane: ControlPlane): Promise<SignedIn> {
  return { ...(await newViewer(plane)), role: 'owner', permissions: roleMatrix.owner };
}

export type Kept = { ownerId: string; value: string };

/** Some secrets of a workspace. */
export function storeSecrets(plane: ControlPlane, workspaceId: string, count: number): Promise<Kept[]> {
  const kept = Array.from({ length: count }, (_, index) => ({ ownerId: randomUUID(), value: `canary-${index}` }));
  return keep(plane, async (tx) => {
    for (const { ownerId, value } of kept)
      await storeSecret(tx, plane.keys, { ...placeOf(workspaceId, ownerId), value });
    return kept;
  });
}

/** Reads one of them as the link does. */
export function readOne(plane: ControlPlane, workspaceId: string, ownerId: string): Promise<string | undefined> {
  return readAs(plane, { workspaceId }, (tx) => readSecret(tx, plane.keys, placeOf(workspaceId, ownerId)));
}

export const placeOf = (workspaceId: string, ownerId: string) =>
  ({ workspaceId, ownerKind: 'connector', ownerId, field: 'api-key' }) as const;
