import type { Secret } from '@clawster/contract/secret';
import type { SecretReference } from '@clawster/contract/secret-source';
import { Refusal } from '@clawster/domain/refusal';
import { isToFollow } from '@clawster/domain/secret/source';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { refuseUntaken } from '../rotation/begin-rotation.ts';
import type { Tx } from '../transaction.ts';
import { readSource } from './read-source.ts';
import { currentValue } from './secret-use.ts';
import { getSecret } from './secret.queries.ts';

/** `same`: it is what bots have. `follow`: another value, which is taken where it is used. `fail`: bots keep what they have. */
export type Found =
  | { is: 'same'; version: string }
  | { is: 'follow'; value: string; version: string }
  | { is: 'fail'; trouble: string; wasRead: boolean };

/** What was found in a secret's source, and what was known of the secret when it was looked at. */
export type Looked = { workspaceId: string; secret: Secret; reference: SecretReference; found: Found };

type Asked = {
  workspaceId: string;
  secretId: string;
  /** Another source than the one it has. */
  instead?: SecretReference | undefined;
};

/** Reads a secret's source and tries another value where the secret is used; nothing is kept, and no transaction is open meanwhile. */
export async function lookAtSource(plane: ControlPlane, { workspaceId, secretId, instead }: Asked): Promise<Looked> {
  const { secret, kept, declined } = await readAs(plane, { workspaceId }, async (tx) => ({
    secret: await getSecret(tx, secretId),
    kept: await currentValue(tx, plane.keys, { workspaceId, secretId }),
    declined: await declinedOf(tx, secretId),
  }));
  const reference = instead ?? secret.source;
  if (!reference)
    throw new Refusal(
      'refused',
      'This secret is kept here, so there is nothing to read: rotate it to change its value',
    );
  const known = { workspaceId, uses: secret.uses, kept, declined: instead ? undefined : declined };
  return { workspaceId, secret, reference, found: await find(plane, reference, known) };
}

async function declinedOf(tx: Tx, secretId: string): Promise<string | undefined> {
  const row = await tx.selectFrom('namedSecret').select('sourceDeclined').where('id', '=', secretId).executeTakeFirst();
  return row?.sourceDeclined ?? undefined;
}

type Known = Pick<Secret, 'uses'> & { workspaceId: string; kept: string | undefined; declined: string | undefined };

async function find(
  plane: ControlPlane,
  reference: SecretReference,
  { workspaceId, uses, kept, declined }: Known,
): Promise<Found> {
  let wasRead = false;
  try {
    const read = await readSource(plane, { workspaceId, reference });
    wasRead = true;
    if (isToFollow({ kept, read, declined })) {
      await refuseUntaken(plane, { workspaceId, uses, value: read.value });
      return { is: 'follow', ...read };
    }
    if (read.value === kept) return { is: 'same', version: read.version };
    return {
      is: 'fail',
      trouble: `Version ${read.version} there was taken back here: write another one there`,
      wasRead,
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { is: 'fail', trouble: error.message, wasRead };
  }
}
