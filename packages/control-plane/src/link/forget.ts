import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';

/** Notes that a link is gone, unless a newer one has taken its place. */
export async function forgetLink(plane: ControlPlane, link: { botId: string; epoch: number }): Promise<void> {
  await keep(plane, async (tx) => {
    // The bot before its link, as whoever dials in anew at this moment does: else each waits for the other.
    await tx.selectFrom('bot').select('id').where('id', '=', link.botId).forNoKeyUpdate().executeTakeFirst();
    const gone = await tx
      .updateTable('link')
      .set({ replica: null, disconnectedAt: sql<Date>`now()` })
      .where('botId', '=', link.botId)
      .where('epoch', '=', link.epoch)
      .returning('botId')
      .executeTakeFirst();
    if (gone)
      await tx
        .updateTable('bot')
        .set({ reconcileAt: sql<Date>`now()` })
        .where('id', '=', link.botId)
        .execute();
  });
  plane.wake(['link']);
}
