import { api } from '@clawster/contract/api';
import type { Secret } from '@clawster/contract/secret';
import { Refusal } from '@clawster/domain/refusal';
import { actorOf, type Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { insertSecret } from './add-version.ts';
import { readSource } from './read-source.ts';
import { getSecret } from './secret.queries.ts';

/** Keeps a secret under a name: encrypted, and not to be read again. One of a store is read there first, and followed. */
export async function createSecret(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Secret> {
  const { workspaceId } = admit(api.secrets.create, caller);
  const { value, source } = parseInput(api.secrets.create, raw);
  if (source && value === undefined) {
    const read = await readSource(plane, { workspaceId, reference: source });
    return keepSecret({ value: read.value, externalVersion: read.version })(plane, caller, raw);
  }
  if (source || value === undefined)
    throw Refusal.at('value', 'invalid', 'Enter the secret, or say where it is kept: one of the two');
  return keepSecret({ value })(plane, caller, raw);
}

const keepSecret = (first: { value: string; externalVersion?: string }) =>
  command(api.secrets.create, async ({ tx, caller, record, plane }, input) => {
    const { name, expiresAt, rotateDays, source } = input;
    const id = await insertSecret(tx, plane.keys, {
      ...input,
      ...first,
      workspaceId: caller.workspaceId,
      author: actorOf(caller),
    });
    const terms = { ...(expiresAt ? { expiresAt } : {}), ...(rotateDays ? { rotateDays } : {}) };
    await record({
      type: 'secret-created',
      subjectId: id,
      subjectName: name,
      detail: { ...terms, ...(source ? { source } : {}) },
    });
    return getSecret(tx, id);
  });
