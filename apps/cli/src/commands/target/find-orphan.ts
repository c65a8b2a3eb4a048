import type { Client } from '@clawster/client/client';
import type { Orphan } from '@clawster/contract/orphan';
import { allPages, findTarget, named } from '../../find.ts';

/** What lies on the target a person means and that nobody knows. */
export async function orphansOn(client: Client, target: string): Promise<Orphan[]> {
  const { id: targetId } = await findTarget(client, target);
  return allPages((cursor) => client.orphans.list({ targetId, limit: 200, cursor }));
}

/** The one of them that is meant, by its name or its id there. */
export async function findOrphan(client: Client, target: string, nameOrId: string): Promise<Orphan> {
  const orphans = await orphansOn(client, target);
  const byId = orphans.find(({ id, botId }) => id === nameOrId || botId === nameOrId);
  return (
    byId ?? named(orphans, nameOrId, { what: 'orphan', list: `clawster target orphans ${JSON.stringify(target)}` })
  );
}
