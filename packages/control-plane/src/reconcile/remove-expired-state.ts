import { sql } from 'kysely';
import { change } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { deleteSecrets } from '../secret/read-secret.ts';
import { withDeadline } from './observe.ts';

const atOnceMax = 20;
const removeMs = 60_000;

/** Deletes the state of destroyed bots whose time is up, and then the bot is gone for good. */
export async function removeExpiredState(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  const bots = await systemQuery(plane, (tx) =>
    tx
      .selectFrom('bot')
      .innerJoin('target', 'target.id', 'bot.targetId')
      .select(['bot.id', 'bot.name', 'bot.workspaceId', 'target.id as targetId', 'target.kind', 'target.settings'])
      .where('bot.phase', '=', 'destroyed')
      .where('bot.removedAt', 'is', null)
      .where('bot.stateKeptUntil', '<=', sql<Date>`now()`)
      .orderBy('bot.stateKeptUntil')
      .limit(atOnceMax)
      .execute(),
  );
  for (const bot of bots) {
    if (signal.aborted) return;
    const target = await plane.connectTarget({ id: bot.targetId, kind: bot.kind, settings: bot.settings });
    await withDeadline(target.remove(bot.id, { deleteState: true }), removeMs);
    await change(plane, { workspaceId: bot.workspaceId, job: 'remove-expired-state' }, async ({ tx, record }) => {
      await deleteSecrets(tx, 'bot', bot.id);
      await tx
        .updateTable('bot')
        .set({ removedAt: sql<Date>`now()`, publicKey: null })
        .where('id', '=', bot.id)
        .execute();
      await record({ type: 'bot-removed', subjectId: bot.id, subjectName: bot.name });
    });
  }
}
