import type { Identity } from '@clawster/contract/person';
import { Refusal } from '@clawster/domain/refusal';
import type { SignedIn } from '../caller.ts';
import type { Tx } from '../transaction.ts';

/** Who a caller is, where, and what they may do. */
export async function identityOf(tx: Tx, caller: SignedIn): Promise<Identity> {
  const workspace = await tx
    .selectFrom('workspace')
    .select(['id', 'name', 'createdAt'])
    .where('id', '=', caller.workspaceId)
    .executeTakeFirstOrThrow(() => new Refusal('not-signed-in', 'The workspace is gone: sign in again'));
  const { missingFactor: missing } = caller;
  return {
    caller:
      caller.kind === 'person'
        ? { kind: 'person', person: await personOf(tx, caller) }
        : { kind: 'api-key', id: caller.id, name: caller.name },
    workspace: { ...workspace, createdAt: workspace.createdAt.toISOString() },
    role: caller.role,
    permissions: [...caller.permissions],
    ...(missing ? { missingFactor: { dueAt: missing.dueAt.toISOString(), isOverdue: missing.leftMs <= 0 } } : {}),
    grants: (caller.grants ?? []).map(({ role, permissions, bots }) => ({ role, permissions: [...permissions], bots })),
  };
}

async function personOf(tx: Tx, caller: SignedIn) {
  const person = await tx
    .selectFrom('person')
    .select(['id', 'name', 'email', 'createdAt', 'lastSeenAt'])
    .where('id', '=', caller.id)
    .executeTakeFirstOrThrow(() => new Refusal('not-signed-in', 'This account is gone: sign in with another'));
  return {
    ...person,
    role: caller.role,
    createdAt: person.createdAt.toISOString(),
    lastSeenAt: person.lastSeenAt?.toISOString(),
  };
}
