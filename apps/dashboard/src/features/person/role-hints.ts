import type { Role } from '@clawster/contract/permission';

/** What each role is for, in one line. */
export const roleHints: Record<Role, string> = {
  owner: 'May do everything, also decide over owners.',
  admin: 'May do everything but decide over owners.',
  operator: 'Works with bots; changes neither keys, connectors nor people.',
  viewer: 'Sees bots and what happens, and changes nothing.',
};
