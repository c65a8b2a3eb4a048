import { whyNotEndOwner, whyNotManage } from '@clawster/domain/person/manage';
import type { HeldRole } from '@clawster/domain/role/role';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import { customPermissions, permissionsIn } from '../role/role.queries.ts';
import type { Tx } from '../transaction.ts';
import { standing } from './standing.ts';

export type LockedMember = HeldRole & { id: string; name: string; isDisabled: boolean; ownersInForce: number };

/**
 * A member whom nobody else decides over until the transaction ends. The owners are locked first and in one order,
 * so that of two who end each other's ownership at once, the second finds one owner left.
 */
export async function lockMember(tx: Tx, workspaceId: string, personId: string): Promise<LockedMember | undefined> {
  const owners = await ownersOf(tx, workspaceId).forUpdate().execute();
  const member = await memberOf(tx, workspaceId, personId).forUpdate('membership').executeTakeFirst();
  return member && toMember(member, owners.length);
}

/** Holds several at once, in the same order as one: the owners first. */
export async function lockMembers(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<void> {
  await ownersOf(tx, workspaceId).forUpdate().execute();
  await tx
    .selectFrom('membership')
    .select('personId')
    .where('workspaceId', '=', workspaceId)
    .where(sql<boolean>`person_id = any(${personIds}::uuid[])`)
    .orderBy('personId')
    .forUpdate()
    .execute();
}

/** A member as they are, without holding them. */
export async function findMember(tx: Tx, workspaceId: string, personId: string): Promise<LockedMember | undefined> {
  const owners = await ownersOf(tx, workspaceId).execute();
  const member = await memberOf(tx, workspaceId, personId).executeTakeFirst();
  return member && toMember(member, owners.length);
}

function ownersOf(tx: Tx, workspaceId: string) {
  return tx
    .selectFrom('membership')
    .select('personId')
    .where('workspaceId', '=', workspaceId)
    .where('role', '=', 'owner')
    .where('disabledAt', 'is', null)
    .orderBy('personId');
}

function memberOf(tx: Tx, workspaceId: string, personId: string) {
  return tx
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.personId')
    .select(['person.id', 'person.name', 'membership.role', 'membership.disabledAt'])
    .select(customPermissions('membership').as('customPermissions'))
    .where('membership.workspaceId', '=', workspaceId)
    .where('membership.personId', '=', personId);
}

type MemberRow = {
  id: string;
  name: string;
  role: string;
  customPermissions: string[] | null;
  disabledAt: Date | null;
};

function toMember(
  { id, name, role, customPermissions: own, disabledAt }: MemberRow,
  ownersInForce: number,
): LockedMember {
  const permissions = permissionsIn(role, own);
  return { id, name, role, permissions, isDisabled: disabledAt !== null, ownersInForce };
}

/** A member the caller decides over: not themselves, and nobody who stands above them. */
export async function lockManaged(tx: Tx, caller: SignedIn, personId: string): Promise<LockedMember> {
  const member = await lockMember(tx, caller.workspaceId, personId);
  if (!member) throw new Refusal('not-found', 'Nobody of this workspace has this id');
  await standing(tx, caller);
  const reason = whyNotManage(caller, member);
  if (reason) throw new Refusal('forbidden', reason);
  return member;
}

/** Refuses what would leave the workspace without an owner. */
export function refuseLastOwner(member: LockedMember): void {
  const reason = whyNotEndOwner(member, member.ownersInForce);
  if (reason) throw new Refusal('refused', reason);
}
