import { roleBy, whyShut } from '@clawster/domain/directory/standing';
import { Refusal } from '@clawster/domain/refusal';
import type { Tx } from '../transaction.ts';
import { findDirectory } from './directory.queries.ts';
import { mappingOf } from './mapping.ts';
import { standingsOf } from './standing.queries.ts';

type Membership = { workspaceId: string; personId: string };

/** What the directory of a workspace says of a member; undefined for one whom it does not decide over. */
export async function directoryOf(tx: Tx, { workspaceId, personId }: Membership) {
  const [standing] = await standingsOf(tx, workspaceId, [personId]);
  const directory = standing && (await findDirectory(tx, workspaceId));
  if (!directory) return undefined;
  const role = roleBy(await mappingOf(tx, directory), standing.groups);
  return { name: directory.name, ...standing, role, why: whyShut({ ...standing, role }) };
}

/** Refuses to change by hand what follows the groups of a directory: it would be changed back. */
export async function refuseIfFollows(tx: Tx, { name, ...membership }: Membership & { name: string }): Promise<void> {
  const known = await directoryOf(tx, membership);
  if (known?.followsGroups)
    throw new Refusal('conflict', `The role of ${name} follows their groups in ${known.name}: change those there`);
}

/** Refuses to let in by hand whom a directory keeps out. */
export async function refuseIfShut(tx: Tx, { name, ...membership }: Membership & { name: string }): Promise<void> {
  const known = await directoryOf(tx, membership);
  if (known?.why === 'inactive')
    throw new Refusal('conflict', `${name} was deactivated in ${known.name}: activate them there`);
  if (known?.why === 'in-no-group')
    throw new Refusal(
      'conflict',
      `${name} is in no group of ${known.name} that has a role here: put them into one there`,
    );
}

/** Makes it a person's decision that somebody is let in no more, so that the directory does not undo it; false when it was one before. */
export async function takeOverShut(tx: Tx, { workspaceId, personId }: Membership): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('directoryUser')
    .set({ isShut: false })
    .where('workspaceId', '=', workspaceId)
    .where('personId', '=', personId)
    .where('isShut', '=', true)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
