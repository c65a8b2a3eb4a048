import type { Workspace } from '@clawster/contract/person';
import type { Tx } from '../transaction.ts';

/** A workspace that is known to be there. */
export async function findWorkspace(tx: Tx, workspaceId: string): Promise<Workspace> {
  const { createdAt, ...workspace } = await tx
    .selectFrom('workspace')
    .select(['id', 'name', 'createdAt'])
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return { ...workspace, createdAt: createdAt.toISOString() };
}
