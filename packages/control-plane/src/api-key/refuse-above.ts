import type { CreateApiKey } from '@clawster/contract/api-key';
import { Refusal } from '@clawster/domain/refusal';
import { heldFor } from '@clawster/domain/role/reach';
import { whyNotGrant } from '@clawster/domain/role/role';
import { getBot } from '../bot/bot.queries.ts';
import type { SignedIn } from '../caller.ts';
import { standing } from '../person/standing.ts';
import { holdDefinition } from '../role/role.queries.ts';
import { refuseAboveAccount } from '../service-account/lock-account.ts';
import type { Tx } from '../transaction.ts';

export type KeyGrant = Pick<CreateApiKey, 'role' | 'scopes' | 'bots' | 'serviceAccountId'>;

/**
 * Refuses a key that would do more than the caller, or than the service account it is to belong to, may at this
 * moment; neither changes until the transaction ends. Returns who answers for the key, and whose it is.
 */
export async function refuseAbove(tx: Tx, caller: SignedIn, grant: KeyGrant) {
  const { role, scopes, bots } = grant;
  const wanted = { ...(await holdDefinition(tx, caller.workspaceId, role)), scopes };
  const reason = whyNotGrant(heldFor(caller, bots), wanted);
  if (reason) throw new Refusal('forbidden', reason);
  if (bots && 'botId' in bots) await getBot(tx, bots.botId);
  const createdBy = (await standing(tx, caller)) ?? null;
  const serviceAccountId = ownerOf(caller, grant.serviceAccountId);
  if (serviceAccountId) await refuseAboveAccount(tx, caller, { serviceAccountId, wanted });
  return { createdBy, serviceAccountId: serviceAccountId ?? null };
}

/** A key made by means of a service account's key is that account's: nobody takes one away for themselves. */
function ownerOf(caller: SignedIn, named: string | undefined): string | undefined {
  const own = caller.onBehalfOf?.kind === 'service-account' ? caller.onBehalfOf.id : undefined;
  const isOwn = named === undefined || named === own;
  if (!isOwn && !caller.permissions.has('api-key:manage'))
    throw new Refusal('forbidden', 'Keys of service accounts are made by those with the permission api-key:manage');
  return named ?? own;
}
