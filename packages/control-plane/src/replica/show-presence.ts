import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { rememberBeat } from './presence.ts';
import { beat, forgetDeadReplicas, leave, otherReplicas, reclaimLinks } from './replica.queries.ts';

/** Says that this replica lives and what it holds, notes which others live, and forgets those that do not. */
export async function showPresence(plane: ControlPlane): Promise<void> {
  const { replica: id, internalUrl, reconciles } = plane.settings;
  const seen = await keep(plane, async (tx) => {
    const { at, unbroken } = await beat(tx, { id, internalUrl, reconciles });
    return {
      at,
      // After the database was away for all, everyone's beat is old, and all of them live.
      dead: unbroken ? await forgetDeadReplicas(tx) : [],
      passed: await reclaimLinks(tx, plane.links.held(), id),
      others: await otherReplicas(tx, id),
    };
  });
  rememberBeat(plane, seen);
  for (const link of seen.passed) plane.links.giveUp(link);
  if (seen.dead.length > 0) plane.log('warn', 'Replicas are gone; their links are forgotten', { replicas: seen.dead });
}

/** Takes this replica out at once, so that others need not wait to take over. */
export async function endPresence(plane: ControlPlane): Promise<void> {
  await keep(plane, (tx) => leave(tx, plane.settings.replica));
}
