import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { together } from '../together.ts';

type Gone = { botId: string; epoch: number };

const atOnceMax = 256;

/** Notes that links are gone, unless newer ones have taken their place; those that go together, together. */
export function forgetter(plane: ControlPlane): (link: Gone) => Promise<void> {
  return together({ atOnceMax, keyOf: ({ botId }: Gone) => botId }, async (links) => {
    await forgetLinks(plane, links);
    return links.map(() => ({ result: undefined }));
  });
}

async function forgetLinks(plane: ControlPlane, links: Gone[]): Promise<void> {
  const ids = links.map(({ botId }) => botId);
  await keep(plane, async (tx) => {
    // The bots before their links, as whoever dials in anew at this moment does: else each waits for the other.
    await sql`select id from bot where id = any(${ids}::uuid[]) order by id for no key update`.execute(tx);
    await sql`
      with gone as (
        update link set replica = null, disconnected_at = now()
        from unnest(${ids}::uuid[], ${links.map(({ epoch }) => epoch)}::int[]) as told (bot_id, epoch)
        where link.bot_id = told.bot_id and link.epoch = told.epoch
        returning link.bot_id)
      update bot set reconcile_at = now() from gone where bot.id = gone.bot_id`.execute(tx);
  });
  plane.wake(['link']);
}
