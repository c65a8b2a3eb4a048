import { api } from '@clawster/contract/api';
import type { Secret } from '@clawster/contract/secret';
import type { SecretReference } from '@clawster/contract/secret-source';
import { changesOf } from '@clawster/domain/audit/changes';
import { Refusal } from '@clawster/domain/refusal';
import { sourceNames, sourcePlace } from '@clawster/domain/secret/source';
import { sql } from 'kysely';
import { actorOf, type Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import { given } from '../given.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { takeOver } from './keep-looked.ts';
import { lookAtSource, type Looked } from './look-at-source.ts';
import { getSecret } from './secret.queries.ts';

/** Changes what is known of a secret; its value is changed by a rotation alone. Another source is read first. */
export async function updateSecret(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Secret> {
  const { workspaceId } = admit(api.secrets.update, caller);
  const { secretId, source } = parseInput(api.secrets.update, raw);
  if (!source) return save(undefined)(plane, caller, raw);
  const looked = await lookAtSource(plane, { workspaceId, secretId, instead: source });
  if (looked.found.is === 'fail') throw Refusal.at('source', 'refused', looked.found.trouble);
  return save(looked)(plane, caller, raw);
}

const save = (looked: Looked | undefined) =>
  command(api.secrets.update, async (context, { secretId, expiresAt, source, ...changes }) => {
    const { tx, caller, record } = context;
    const before = await getSecret(tx, secretId);
    await unlessNameTaken('secret', changes.name ?? '', () =>
      tx
        .updateTable('namedSecret')
        .set({ ...given(changes), updatedAt: sql<Date>`now()` })
        .where('id', '=', secretId)
        .execute(),
    );
    if (expiresAt !== undefined) await setEnd(tx, before, expiresAt);
    if (source !== undefined) await setSource(tx, secretId, source);
    const after = await getSecret(tx, secretId);
    await record({
      type: 'secret-updated',
      subjectId: secretId,
      subjectName: after.name,
      detail: changesOf(toldOf(before), toldOf(after)),
    });
    // Of the source before, no trouble is left to be told of.
    const clean = looked && { ...looked, secret: after };
    if (clean) await takeOver(context, clean, { author: actorOf(caller), asked: false });
    return getSecret(tx, secretId);
  });

async function setEnd(tx: Tx, { id, version }: Secret, expiresAt: string | null): Promise<void> {
  await tx
    .updateTable('namedSecretVersion')
    .set({ expiresAt: expiresAt === null ? null : new Date(expiresAt) })
    .where('secretId', '=', id)
    .where('version', '=', version)
    .execute();
}

/** With nothing that was known of another one before. */
async function setSource(tx: Tx, secretId: string, source: SecretReference | null): Promise<void> {
  const unread = {
    sourceReadAt: null,
    sourceTrouble: null,
    sourceFailures: 0,
    sourceDueAt: null,
    sourceDeclined: null,
  };
  await tx
    .updateTable('namedSecret')
    .set({ source, ...unread })
    .where('id', '=', secretId)
    .execute();
}

function toldOf({ name, note, expiresAt, rotateDays, source }: Secret) {
  const place = source && `${sourceNames[source.kind]}: ${sourcePlace(source)}`;
  return { name, note, expiresAt, rotateDays, source: place };
}
