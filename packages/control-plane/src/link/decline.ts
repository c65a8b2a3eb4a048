import { closeCode, type Decline } from '@clawster/link/handshake';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import { copyOf } from '../installation/installation.queries.ts';
import { noteOvertaken, obeysAnother, obeysNewer } from '../installation/overtaken.ts';
import type { ControlPlane } from '../plane.ts';
import { LinkRefused } from './link-refused.ts';
import { verifySignature } from './verify-signature.ts';

/**
 * Takes it that a supervisor obeys another: its bot says so from now on, and a server that learns of a newer copy of
 * itself acts no more. Believed only of one that proves with its key that it is this bot's.
 */
export async function takeDecline(plane: ControlPlane, nonce: string, claim: Decline): Promise<LinkRefused> {
  const refused = new LinkRefused(closeCode.unauthenticated, 'Unknown bot or wrong credentials');
  if (!verifySignature(nonce, claim)) return refused;
  const own = await copyOf(plane);
  const isNewer = claim.obeys.id === own.id && claim.obeys.epoch > own.epoch;
  const sentence = isNewer ? obeysNewer : obeysAnother;
  const bot = await keep(plane, async (tx) => {
    const found = await tx
      .updateTable('bot')
      .set({ reconcileAt: sql<Date>`now()` })
      .where('id', '=', claim.botId)
      .where('publicKey', '=', claim.publicKey)
      .returning(['id', 'workspaceId', 'name'])
      .executeTakeFirst();
    if (!found) return undefined;
    await tx
      .insertInto('link')
      .values({ botId: found.id, workspaceId: found.workspaceId, epoch: 0, declined: sentence })
      .onConflict((conflict) => conflict.column('botId').doUpdateSet({ declined: sentence }))
      .execute();
    return found;
  });
  if (!bot) return refused;
  if (isNewer) await noteOvertaken(plane, claim.obeys);
  plane.wake(['link']);
  return new LinkRefused(closeCode.declined, `${bot.name}: ${sentence}`);
}
