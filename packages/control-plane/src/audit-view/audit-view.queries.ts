import { type AuditView, AuditViewFilter } from '@clawster/contract/audit-view';
import { Refusal } from '@clawster/domain/refusal';
import type { SignedIn } from '../caller.ts';
import type { Tx } from '../transaction.ts';

/** Whose own views a caller has: a person's, by a key of theirs, too. A service account has none of its own. */
export function ownerOf({ kind, id, onBehalfOf }: SignedIn): string | undefined {
  if (kind === 'person') return id;
  return onBehalfOf?.kind === 'person' ? onBehalfOf.id : undefined;
}

/** The views of the workspace, and the caller's own. */
export function selectViews(tx: Tx, caller: SignedIn) {
  const owner = ownerOf(caller);
  return tx
    .selectFrom('auditView')
    .select(['id', 'name', 'filter', 'ownerId', 'createdAt'])
    .where('workspaceId', '=', caller.workspaceId)
    .where((where) =>
      where.or([where('ownerId', 'is', null), ...(owner === undefined ? [] : [where('ownerId', '=', owner)])]),
    );
}
type ViewRow = Awaited<ReturnType<ReturnType<typeof selectViews>['executeTakeFirstOrThrow']>>;

/** A view the caller may change, until the transaction ends by them alone. */
export async function lockView(tx: Tx, caller: SignedIn, viewId: string): Promise<ViewRow> {
  const row = await selectViews(tx, caller).where('id', '=', viewId).forUpdate().executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such view among those you see');
  if (row.ownerId === null) refuseUnlessManager(caller);
  return row;
}

/** Views that everybody sees are kept by those who look after the trail. */
export function refuseUnlessManager({ permissions }: SignedIn): void {
  if (!permissions.has('audit:manage'))
    throw new Refusal('forbidden', 'Views of the whole workspace are kept by those with the permission audit:manage');
}

export function toView({ id, name, filter, ownerId, createdAt }: ViewRow): AuditView {
  return {
    id,
    name,
    filter: AuditViewFilter.parse(filter),
    shared: ownerId === null,
    createdAt: createdAt.toISOString(),
  };
}
