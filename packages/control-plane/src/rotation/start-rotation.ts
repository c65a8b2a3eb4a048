import { api } from '@clawster/contract/api';
import type { Rotation } from '@clawster/contract/rotation';
import type { Secret } from '@clawster/contract/secret';
import { Refusal } from '@clawster/domain/refusal';
import { sourceNames } from '@clawster/domain/secret/source';
import { actorOf, type Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { currentValue } from '../secret/secret-use.ts';
import { getSecret } from '../secret/secret.queries.ts';
import { beginRotation, refuseUntaken } from './begin-rotation.ts';
import { getRotation } from './rotation.queries.ts';

/**
 * Begins to give a secret another value: it is tried where the secret is used first, and refused when a service does not take
 * it. Bots are given it by the loop, wave by wave.
 */
export async function startRotation(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Rotation> {
  const admitted = admit(api.rotations.start, caller);
  const { secretId, value } = parseInput(api.rotations.start, raw);
  const { workspaceId } = admitted;
  const { secret, former } = await readAs(plane, admitted, async (tx) => ({
    secret: await getSecret(tx, secretId),
    // A secret without a value may well be given one.
    former: await currentValue(tx, plane.keys, { workspaceId, secretId }),
  }));
  refuseKeptElsewhere(secret);
  if (value === former) throw Refusal.at('value', 'refused', 'This is the value there is: enter the new one');
  await refuseUntaken(plane, { workspaceId, uses: secret.uses, value });
  return begin(plane, caller, raw);
}

function refuseKeptElsewhere({ source }: Secret): void {
  if (!source) return;
  const place = sourceNames[source.kind];
  throw new Refusal(
    'refused',
    `This secret is kept in ${place}: change it there, Clawster follows within five minutes, or refresh it now`,
  );
}

const begin = command(api.rotations.start, async (context, input) => {
  const { tx, caller } = context;
  refuseKeptElsewhere(await getSecret(tx, input.secretId));
  const { workspaceId } = caller;
  return getRotation(tx, await beginRotation(context, { ...input, workspaceId, author: actorOf(caller) }));
});
