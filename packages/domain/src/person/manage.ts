import type { Role } from '@clawster/contract/permission';
import { isAbove } from '../role/role.ts';

/** Why someone of this role may not decide over a person, or an invitation, of that role; undefined when they may. */
export function whyNotManage(manager: { role: Role }, subject: { role: Role }): string | undefined {
  if (!isAbove(subject.role, manager.role)) return undefined;
  return `As ${manager.role} you cannot decide over the role ${subject.role}: ask one who has it`;
}
