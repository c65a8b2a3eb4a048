import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { readSealed } from '../secret/read-secret.ts';
import { getSecret } from '../secret/secret.queries.ts';
import { tryValue } from './try-value.ts';

export type FormerProof = { dead: boolean; text: string; at: string };

/**
 * Whether the services still take the value that was replaced: it should be dead, or whoever has it could go on. Undefined
 * where nothing can be asked.
 */
export async function formerProof(
  plane: ControlPlane,
  { workspaceId, secretId, fromVersion }: { workspaceId: string; secretId: string; fromVersion: number },
): Promise<FormerProof | undefined> {
  const { uses, value } = await readAs(plane, { workspaceId }, async (tx) => {
    const secret = await getSecret(tx, secretId);
    const row = await tx
      .selectFrom('namedSecretVersion')
      .select('sealedId')
      .where('secretId', '=', secretId)
      .where('version', '=', fromVersion)
      .executeTakeFirst();
    const sealedId = row?.sealedId;
    return { uses: secret.uses, value: sealedId && (await readSealed(tx, plane.keys, { workspaceId, sealedId })) };
  });
  if (!value || uses.length === 0) return undefined;
  const at = new Date().toISOString();
  for (const use of uses) {
    const { outcome, text } = await tryValue(plane, { workspaceId, use, value });
    if (outcome === 'taken')
      return { dead: false, text: `${use.name} still takes the former value: delete it at the service`, at };
    if (outcome === 'unknown')
      return { dead: false, text: `Whether ${use.name} still takes the former value is not known. ${text}`, at };
  }
  return { dead: true, text: `${uses[0]?.name} refuses the former value`, at };
}
