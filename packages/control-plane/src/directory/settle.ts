import type { Role } from '@clawster/contract/permission';
import { whyNotDecide } from '@clawster/domain/directory/admission';
import { roleBy, whyShut } from '@clawster/domain/directory/standing';
import { whyNotEndOwner } from '@clawster/domain/person/manage';
import { ScimRefusal } from '@clawster/domain/scim/scim-refusal';
import { sql } from 'kysely';
import type { ChangeContext } from '../change.ts';
import { endAccess } from '../person/end-access.ts';
import { giveRole } from '../person/give-role.ts';
import { type LockedMember, lockMember } from '../person/lock-member.ts';
import type { StoredDirectory } from './directory.queries.ts';
import type { Mapping } from './mapping.ts';
import { type Standing, standingsOf } from './standing.queries.ts';

export type SettleContext = ChangeContext & { directory: StoredDirectory; mapping: Mapping };

/**
 * Makes people what the directory says they are: let in or not, with the role of their groups. What a person disabled is
 * not enabled; the last owner, and whoever stands above the directory, keep their role.
 */
export async function settle(context: SettleContext, personIds: readonly string[] | 'all'): Promise<void> {
  const { tx, directory, mapping } = context;
  for (const standing of await standingsOf(tx, directory.workspaceId, personIds)) {
    const role = standing.followsGroups ? roleBy(mapping, standing.groups) : undefined;
    const wanted = wantedOf(standing, role);
    if (wanted.role !== undefined || wanted.access !== undefined) await settleOne(context, standing.personId, wanted);
  }
}

type Why = ReturnType<typeof whyShut>;
type Wanted = { role: Role | undefined; access: 'shut' | 'open' | undefined; why: Why };

/** What is otherwise than it is; nothing, mostly. */
function wantedOf({ active, followsGroups, isShut, isDisabled, role }: Standing, byGroups: Role | undefined): Wanted {
  const why = whyShut({ active, followsGroups, role: byGroups });
  return {
    role: byGroups === role ? undefined : byGroups,
    access: why && !isDisabled ? 'shut' : !why && isShut && isDisabled ? 'open' : undefined,
    why,
  };
}

async function settleOne(context: SettleContext, personId: string, { role, access, why }: Wanted): Promise<void> {
  const { tx, directory, mapping } = context;
  const member = await lockMember(tx, directory.workspaceId, personId);
  if (!member) return;
  const above = whyNotDecide(directory.name, member, mapping.ceilings);
  const isLast = whyNotEndOwner(member, member.ownersInForce);
  if (why === 'inactive' && access === 'shut') refuseEnd(above, isLast);
  if (above || isLast) return;
  const { workspaceId } = directory;
  if (role !== undefined) await giveRole(context, { workspaceId, member, role, told: toldBy(directory) });
  if (access === 'shut') await shut(context, member, why);
  if (access === 'open') await open(context, member);
}

/** Refuses to end the access of who stands above the directory, or of the last owner. */
export function refuseEnd(above: string | undefined, isLast: string | undefined): void {
  if (above) throw new ScimRefusal(403, above);
  if (isLast) throw new ScimRefusal(409, isLast, { scimType: 'mutability' });
}

const toldBy = ({ name }: StoredDirectory) => ({ by: 'directory', directory: name });

async function shut(context: SettleContext, { id, name }: LockedMember, why: Why): Promise<void> {
  const { record, directory } = context;
  await ofMember(context, id)
    .set({ disabledAt: sql<Date>`now()` })
    .execute();
  await markShut(context, id, true);
  const ended = await endAccess(context, { workspaceId: directory.workspaceId, personId: id });
  await record({
    type: 'person-disabled',
    subjectId: id,
    subjectName: name,
    detail: { ...toldBy(directory), why, ...ended },
  });
}

async function open(context: SettleContext, { id, name }: LockedMember): Promise<void> {
  const { record, directory } = context;
  await ofMember(context, id).set({ disabledAt: null }).execute();
  await markShut(context, id, false);
  await record({ type: 'person-enabled', subjectId: id, subjectName: name, detail: toldBy(directory) });
}

function ofMember({ tx, directory }: SettleContext, personId: string) {
  return tx.updateTable('membership').where('workspaceId', '=', directory.workspaceId).where('personId', '=', personId);
}

async function markShut({ tx, directory }: SettleContext, personId: string, isShut: boolean): Promise<void> {
  await tx
    .updateTable('directoryUser')
    .set({ isShut })
    .where('workspaceId', '=', directory.workspaceId)
    .where('personId', '=', personId)
    .execute();
}
