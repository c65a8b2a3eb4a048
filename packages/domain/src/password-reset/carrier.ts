import type { Permission } from '@clawster/contract/permission';
import { isWithin } from '../role/role.ts';

/** A workspace someone belongs to: all they may do there, and the mail server it has, with what who set that up could do. */
export type Belonging = {
  workspaceId: string;
  permissions: ReadonlySet<Permission>;
  mailServer?: { place: string; ceiling: ReadonlySet<Permission> } | undefined;
};

/**
 * Why a link to someone's account may not travel by the mail of their workspaces, or undefined when it may. Whoever runs
 * a mail server can read it, and a link opens the account in every workspace: so all of these send by the same server,
 * and none was set up by one who may do less than the person there.
 */
export function whyNotByMail(belongings: readonly Belonging[]): string | undefined {
  const servers = belongings.flatMap(({ mailServer }) => mailServer ?? []);
  if (servers.length === 0) return 'There is no mail server: set one up under Settings, Mail';
  if (servers.length < belongings.length || new Set(servers.map(({ place }) => place)).size > 1)
    return 'They belong to several workspaces, which do not all send by the same mail server';
  const isAbove = belongings.some(
    ({ permissions, mailServer }) => mailServer && !isWithin(permissions, mailServer.ceiling),
  );
  return isAbove
    ? 'The mail server was set up by someone who may do less than they: have an owner save it again'
    : undefined;
}
