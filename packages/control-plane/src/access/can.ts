import { api } from '@clawster/contract/api';
import type { CanAnswer } from '@clawster/contract/access';
import type { Permission } from '@clawster/contract/permission';
import type { Labels } from '@clawster/contract/label';
import { Refusal } from '@clawster/domain/refusal';
import { type Access, isAmong, reachOf, sayBots, type ScopedBot } from '@clawster/domain/role/reach';
import type { SignedIn } from '../caller.ts';
import { query } from '../query.ts';
import { boundRoles, customPermissions } from '../role/role.queries.ts';
import { accessIn } from '../session/session.queries.ts';
import type { Tx } from '../transaction.ts';

/** Whether someone may do something, by which of their roles, or what they lack. */
export const can = query(api.access.can, async ({ tx, caller }, { permission, botId, personId }) => {
  const subject =
    personId && personId !== caller.id ? await another(tx, caller, personId) : { who: 'You', access: caller };
  const bot = botId ? await botSeenBy(tx, caller, botId) : undefined;
  return answer(subject, permission, bot);
});

type Subject = { who: string; access: Access };

async function another(tx: Tx, caller: SignedIn, personId: string): Promise<Subject> {
  if (!caller.permissions.has('person:read'))
    throw new Refusal('forbidden', 'What others may do is told to those with the permission person:read');
  const row = await tx
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.personId')
    .select(['person.name', 'membership.role', 'membership.disabledAt'])
    .select([customPermissions('membership').as('customPermissions'), boundRoles.as('boundRoles')])
    .where('membership.workspaceId', '=', caller.workspaceId)
    .where('membership.personId', '=', personId)
    .executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'Nobody of this workspace has this id');
  const access = row.disabledAt ? { role: row.role, permissions: new Set<Permission>() } : accessIn(row);
  return { who: row.name, access };
}

/** Who may not see a bot learns nothing of it, not even that it is there. */
async function botSeenBy(tx: Tx, caller: SignedIn, botId: string): Promise<ScopedBot> {
  const row = await tx
    .selectFrom('bot')
    .select(['id', 'labels'])
    .where('workspaceId', '=', caller.workspaceId)
    .where('id', '=', botId)
    .executeTakeFirst();
  const bot = row && { id: row.id, labels: row.labels as Labels };
  const reach = reachOf(caller, 'bot:read');
  if (bot && (reach === 'all' || reach.some((bots) => isAmong(bots, bot)))) return bot;
  throw new Refusal('not-found', 'There is no such bot among those you see');
}

function answer({ who, access }: Subject, permission: Permission, bot?: ScopedBot): CanAnswer {
  const may = who === 'You' ? 'You may' : `${who} may`;
  if (access.permissions.has(permission))
    return {
      allowed: true,
      reason: `${may}: the role ${access.role} has ${permission}`,
      grounds: [{ role: access.role }],
    };
  const reach = reachOf(access, permission);
  const some = (access.grants ?? []).filter(({ bots }) => reach !== 'all' && reach.includes(bots));
  const grounds = some.filter(({ bots }) => !bot || isAmong(bots, bot)).map(({ role, bots }) => ({ role, bots }));
  const [first] = grounds;
  if (bot && first)
    return { allowed: true, reason: `${may}: the role ${first.role} holds for ${sayBots(first.bots)}`, grounds };
  const lacks = `${may} not: the role ${access.role} does not have ${permission}`;
  const elsewhere =
    some.length > 0
      ? `, and beside it ${who === 'You' ? 'you hold' : 'they hold'} it only for ${some.map(({ bots }) => sayBots(bots)).join(', ')}`
      : '';
  return { allowed: false, reason: `${lacks}${elsewhere}. An owner or admin gives it`, grounds };
}
