import { builtInRoles } from '@clawster/contract/permission-list';

/** For helps: the roles every workspace has. */
export const roleWords = `${builtInRoles.join(', ')}, or one of the workspace's own`;
