import { api } from '@clawster/contract/api';
import type { Rotation } from '@clawster/contract/rotation';
import type { SecretUse } from '@clawster/contract/secret';
import { waveOf, wavesFor } from '@clawster/domain/rotation/waves';
import { Refusal } from '@clawster/domain/refusal';
import { actorOf, type Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { addVersion } from '../secret/add-version.ts';
import { readNamedSecret } from '../secret/secret-use.ts';
import { getSecret } from '../secret/secret.queries.ts';
import type { Tx } from '../transaction.ts';
import { getRotation } from './rotation.queries.ts';
import { type SecretBot, secretBots } from './secret-bots.ts';
import { tryValue } from './try-value.ts';

/**
 * Begins to give a secret another value: it is tried where the secret is used first, and refused when a service does not take
 * it. Bots are given it by the loop, wave by wave.
 */
export async function startRotation(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Rotation> {
  const admitted = admit(api.rotations.start, caller);
  const { secretId, value } = parseInput(api.rotations.start, raw);
  const { workspaceId } = admitted;
  const { uses, former } = await readAs(plane, admitted, async (tx) => ({
    uses: (await getSecret(tx, secretId)).uses,
    former: await readNamedSecret(tx, plane.keys, { workspaceId, secretId }).catch(undefinedIfRevoked),
  }));
  if (value === former) throw Refusal.at('value', 'refused', 'This is the value there is: enter the new one');
  await refuseUntaken(plane, { workspaceId, uses, value });
  return begin(plane, caller, raw);
}

/** A secret without a value may well be given one. */
function undefinedIfRevoked(error: unknown): undefined {
  if (!(error instanceof Refusal) || error.code !== 'conflict') throw error;
}

async function refuseUntaken(
  plane: ControlPlane,
  { workspaceId, uses, value }: { workspaceId: string; uses: readonly SecretUse[]; value: string },
): Promise<void> {
  for (const use of uses) {
    const { outcome, text } = await tryValue(plane, { workspaceId, use, value });
    if (outcome !== 'taken') throw Refusal.at('value', 'refused', `${use.name}: ${text}`);
  }
}

const begin = command(api.rotations.start, async (context, { secretId, value, expiresAt, atOnce, revokeFormer }) => {
  const { tx, caller, plane, record } = context;
  const { workspaceId } = caller;
  const author = actorOf(caller);
  const { name, version: fromVersion } = await getSecret(tx, secretId);
  const bots = await secretBots(tx, secretId);
  const toVersion = await addVersion(tx, plane.keys, { workspaceId, secretId, value, author, expiresAt });
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
  return getRotation(tx, id);
});

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
