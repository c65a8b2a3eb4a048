import { createHash } from 'node:crypto';
import { api } from '@clawster/contract/api';
import type { Manifest, ManifestPlan } from '@clawster/contract/manifest';
import { type Planned, planManifests as plan } from '@clawster/domain/manifest/plan';
import { Refusal } from '@clawster/domain/refusal';
import { skillDigest } from '@clawster/link/skill-digest';
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
  const wanted = items.map(asKept);
  return plan(await readManifests(tx, workspaceId), wanted, { prune });
}

/** As what is there is read, so that the same said otherwise is no change. */
function asKept(item: Manifest): Manifest {
  if (item.kind === 'Skill') return withDigest(item);
  return item.kind === 'Team' && item.members ? { ...item, members: inOrder(item.members) } : item;
}

function inOrder<Place extends { bot: string }>(members: readonly Place[]): Place[] {
  return members.toSorted((one, other) => (one.bot.toLowerCase() < other.bot.toLowerCase() ? -1 : 1));
}

/** A skill is named by what it holds: a file that says another digest was changed since. */
function withDigest(skill: Extract<Manifest, { kind: 'Skill' }>): Manifest {
  const digest = skillDigest(skill.files);
  if (skill.digest !== undefined && skill.digest !== digest)
    throw new Refusal(
      'invalid',
      `The files of the skill "${skill.name}" are not those of its digest: leave the digest out, it is ${digest}`,
    );
  return { ...skill, digest };
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
