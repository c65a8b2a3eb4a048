import { systemQuery } from '../query.ts';
import type { ControlPlane } from '../plane.ts';
import { readSecret } from '../secret/read-secret.ts';
import type { SecretPlace } from '../secret/store-secret.ts';

/** Where the private key lies that a target's engine is reached with. */
export const targetKeyPlace = (workspaceId: string, ownerId: string): SecretPlace => ({
  workspaceId,
  ownerKind: 'target',
  ownerId,
  field: 'connection-key',
});

/** The private key of a target's connection, for that connection alone; undefined when it has none. */
export function readTargetKey(plane: Pick<ControlPlane, 'db' | 'keys'>, targetId: string): Promise<string | undefined> {
  return systemQuery(plane, async (tx) => {
    const row = await tx.selectFrom('target').select('workspaceId').where('id', '=', targetId).executeTakeFirst();
    return row && readSecret(tx, plane.keys, targetKeyPlace(row.workspaceId, targetId));
  });
}
