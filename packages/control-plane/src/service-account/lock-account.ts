import { whyNotManage } from '@clawster/domain/person/manage';
import { Refusal } from '@clawster/domain/refusal';
import { type HeldRole, narrowed } from '@clawster/domain/role/role';
import type { Permission } from '@clawster/contract/permission';
import type { SignedIn } from '../caller.ts';
import { standing } from '../person/standing.ts';
import { findDefinition, holdDefinition } from '../role/role.queries.ts';
import type { Tx } from '../transaction.ts';

/** A service account the caller decides over, and nobody else until the transaction ends: it may do nothing that they may not. */
export async function lockAccount(tx: Tx, caller: SignedIn, id: string) {
  const account = await accountOf(tx, caller, id).forUpdate().executeTakeFirst();
  if (!account) throw unknown();
  await standing(tx, caller);
  await refuseOver(tx, caller, account.role);
  return account;
}

/** Refuses a key that may do more than the account it is to belong to, or of an account the caller does not decide over. */
export async function refuseAboveAccount(
  tx: Tx,
  caller: SignedIn,
  { serviceAccountId, wanted }: { serviceAccountId: string; wanted: HeldRole & { scopes?: Permission[] | undefined } },
): Promise<void> {
  const account = await accountOf(tx, caller, serviceAccountId).forShare().executeTakeFirst();
  if (!account) throw unknown();
  const definition = await holdDefinition(tx, caller.workspaceId, account.role);
  const isOwn = caller.onBehalfOf?.kind === 'service-account' && caller.onBehalfOf.id === serviceAccountId;
  const reason = isOwn ? undefined : whyNotManage(caller, definition);
  if (reason) throw new Refusal('forbidden', reason);
  if (account.disabledAt) throw new Refusal('refused', `${account.name} is disabled: enable it first`);
  const asked = narrowed(wanted.permissions, wanted.scopes);
  const lacking = [...asked].filter((permission) => !definition.permissions.has(permission));
  if (lacking.length > 0)
    throw new Refusal('forbidden', `${account.name} has the role ${account.role}, which lacks: ${lacking.join(', ')}`);
}

async function refuseOver(tx: Tx, caller: SignedIn, role: string): Promise<void> {
  const reason = whyNotManage(caller, await findDefinition(tx, caller.workspaceId, role));
  if (reason) throw new Refusal('forbidden', reason);
}

function accountOf(tx: Tx, { workspaceId }: SignedIn, id: string) {
  return tx
    .selectFrom('serviceAccount')
    .select(['id', 'name', 'description', 'role', 'disabledAt'])
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id);
}

const unknown = () => new Refusal('not-found', 'No service account of this workspace has this id');
