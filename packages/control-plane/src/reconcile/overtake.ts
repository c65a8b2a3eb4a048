import { sql } from 'kysely';
import { change } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { LeaseLost, ours, type LeasedBot } from './lease-bots.ts';

/**
 * Raises a bot's generation past one its supervisor took over from a database that is no more, so that what this one
 * says is the latest word again; the next pass sends it.
 */
export async function overtake(plane: ControlPlane, bot: LeasedBot, reported: number): Promise<void> {
  const generation = reported + 1;
  await change(plane, { workspaceId: bot.workspaceId, job: 'reconcile-bots' }, async ({ tx, record }) => {
    const raised = await ours(tx, bot)
      .where('generation', '=', bot.generation)
      .set({ generation, reconcileAt: sql<Date>`now()` })
      .returning('id')
      .executeTakeFirst();
    if (!raised) throw new LeaseLost(bot.name);
    await record({
      type: 'bot-updated',
      subjectId: bot.id,
      subjectName: bot.name,
      detail: {
        reason: 'Its supervisor reported a later generation: the database was restored from a backup',
        generation,
        generationBefore: bot.generation,
        generationReported: reported,
      },
    });
  });
  bot.generation = generation;
}
