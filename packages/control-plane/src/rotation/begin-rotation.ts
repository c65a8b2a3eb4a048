import type { Actor } from '@clawster/contract/event';
import type { SecretUse } from '@clawster/contract/secret';
import { waveOf, wavesFor } from '@clawster/domain/rotation/waves';
import { Refusal } from '@clawster/domain/refusal';
import type { CommandContext } from '../command.ts';
import type { ControlPlane } from '../plane.ts';
import { addVersion } from '../secret/add-version.ts';
import { getSecret } from '../secret/secret.queries.ts';
import type { Tx } from '../transaction.ts';
import { type SecretBot, secretBots } from './secret-bots.ts';
import { tryValue } from './try-value.ts';

/** Asks each service where a secret is used whether it takes this value; refuses when one does not, or cannot be asked. */
export async function refuseUntaken(
  plane: ControlPlane,
  { workspaceId, uses, value }: { workspaceId: string; uses: readonly SecretUse[]; value: string },
): Promise<void> {
  for (const use of uses) {
    const { outcome, text } = await tryValue(plane, { workspaceId, use, value });
    if (outcome !== 'taken') throw Refusal.at('value', 'refused', `${use.name}: ${text}`);
  }
}

export type RotationContext = Pick<CommandContext, 'tx' | 'record'> & { plane: Pick<ControlPlane, 'keys'> };
export type NewRotation = {
  workspaceId: string;
  secretId: string;
  value: string;
  author: Actor;
  atOnce: boolean;
  revokeFormer: boolean;
  expiresAt?: string | undefined;
  externalVersion?: string | undefined;
};

/** Makes a value that was tried the current one, for the loop to give to the bots wave by wave; returns the rotation's id. */
export async function beginRotation({ tx, record, plane }: RotationContext, rotation: NewRotation): Promise<string> {
  const { workspaceId, secretId, author, atOnce, revokeFormer } = rotation;
  const { name, version: fromVersion } = await getSecret(tx, secretId);
  const bots = await secretBots(tx, secretId);
  const toVersion = await addVersion(tx, plane.keys, rotation);
  const waves = wavesFor(bots.length, atOnce);
  const { id } = await tx
    .insertInto('rotation')
    .values({ workspaceId, secretId, fromVersion, toVersion, waves, revokeFormer, author })
    .returning('id')
    .executeTakeFirstOrThrow();
  await insertBots(tx, bots, { rotationId: id, workspaceId, atOnce });
  await record({
    type: 'rotation-started',
    subjectId: id,
    subjectName: name,
    detail: { secretId, version: toVersion, bots: bots.length, waves, revokeFormer },
  });
  return id;
}

async function insertBots(
  tx: Tx,
  bots: readonly SecretBot[],
  { rotationId, workspaceId, atOnce }: { rotationId: string; workspaceId: string; atOnce: boolean },
): Promise<void> {
  if (bots.length === 0) return;
  const text = 'Waiting for its wave';
  await tx
    .insertInto('rotationBot')
    .values(
      bots.map(({ botId }, place) => ({
        rotationId,
        workspaceId,
        botId,
        text,
        wave: waveOf(place, bots.length, atOnce),
      })),
    )
    .execute();
}
