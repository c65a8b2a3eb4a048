import type { Role } from '@clawster/contract/permission';
import { type HeldRole, isWithin } from '../role/role.ts';

/** Why someone with this role may not decide over a person, or an invitation, of that role; undefined when they may. */
export function whyNotManage(manager: HeldRole, subject: HeldRole): string | undefined {
  if (isWithin(subject.permissions, manager.permissions)) return undefined;
  return `As ${manager.role} you cannot decide over the role ${subject.role}, which may do more: ask one who has it`;
}

/** Why an owner may not stop being one, or undefined when they may: someone else must be left who can do everything. */
export function whyNotEndOwner(person: { role: Role; isDisabled: boolean }, ownersInForce: number): string | undefined {
  if (person.role !== 'owner' || person.isDisabled || ownersInForce > 1) return undefined;
  return 'This is the last owner of the workspace: make someone else an owner first';
}
