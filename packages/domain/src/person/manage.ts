import type { Role } from '@clawster/contract/permission';
import { isAbove } from '../role/role.ts';

/** Why someone of this role may not decide over a person, or an invitation, of that role; undefined when they may. */
export function whyNotManage(manager: { role: Role }, subject: { role: Role }): string | undefined {
  if (!isAbove(subject.role, manager.role)) return undefined;
  return `As ${manager.role} you cannot decide over the role ${subject.role}: ask one who has it`;
}

/** Why an owner may not stop being one, or undefined when they may: someone else must be left who can do everything. */
export function whyNotEndOwner(person: { role: Role; isDisabled: boolean }, ownersInForce: number): string | undefined {
  if (person.role !== 'owner' || person.isDisabled || ownersInForce > 1) return undefined;
  return 'This is the last owner of the workspace: make someone else an owner first';
}
