import { createHash } from 'node:crypto';
import { api } from '@clawster/contract/api';
import type { Manifest, ManifestPlan } from '@clawster/contract/manifest';
import { type Planned, planManifests as plan } from '@clawster/domain/manifest/plan';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { readManifests } from './read-manifests.ts';

/** What would be done so that the workspace is as files say. Whether each bot could take it over is found when it is done. */
export const planManifests = query(api.manifests.plan, async ({ tx, caller }, { items, prune }) =>
  told(await planFor(tx, caller.workspaceId, { items, prune })),
);

export async function planFor(
  tx: Tx,
  workspaceId: string,
  { items, prune }: { items: readonly Manifest[]; prune: boolean },
): Promise<Planned> {
  return plan(await readManifests(tx, workspaceId), items, { prune });
}

/** The plan as it is shown. Its id is that of its steps with what is there and what is wanted: of another state it is another. */
export function told({ steps, unchanged }: Planned): ManifestPlan {
  const id = createHash('sha256').update(JSON.stringify(steps)).digest('base64url').slice(0, 22);
  return {
    id,
    unchanged,
    steps: steps.map(({ do: what, kind, name, changes }) => ({ do: what, kind, name, changes })),
  };
}
