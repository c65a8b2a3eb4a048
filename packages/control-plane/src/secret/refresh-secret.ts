import { api } from '@clawster/contract/api';
import type { Secret } from '@clawster/contract/secret';
import { actorOf, type Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { takeOver } from './keep-looked.ts';
import { lookAtSource, type Looked } from './look-at-source.ts';
import { getSecret } from './secret.queries.ts';

/** Reads a secret from its source now; that it cannot be read is the answer, not a refusal. */
export async function refreshSecret(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Secret> {
  const { workspaceId } = admit(api.secrets.refresh, caller);
  const { secretId } = parseInput(api.secrets.refresh, raw);
  return keepRead(await lookAtSource(plane, { workspaceId, secretId }))(plane, caller, raw);
}

const keepRead = (looked: Looked) =>
  command(api.secrets.refresh, async (context, { secretId }) => {
    await takeOver(context, looked, { author: actorOf(context.caller), asked: true });
    return getSecret(context.tx, secretId);
  });
