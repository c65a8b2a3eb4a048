import type { RevisionCause } from '@clawster/contract/revision';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { Actor } from '@clawster/contract/event';
import { actorOf } from '../caller.ts';
import type { CommandContext } from '../command.ts';
import type { RecordEvents } from '../event/recorder.ts';
import { insertRevisions } from '../revision/insert-revisions.ts';
import type { Tx } from '../transaction.ts';
import type { Changed } from './impact.ts';

/** Refuses a change that some bots could not take over, with the first of them and why. */
export function refuseUnfit(changed: readonly Changed[], at = 'settings'): void {
  const unfit = changed.filter(({ issues }) => issues.length > 0);
  const [first] = unfit;
  if (!first) return;
  const who = unfit.length === 1 ? first.bot.name : `${first.bot.name} and ${unfit.length - 1} more`;
  throw new Refusal('refused', `${who} cannot take this over: ${first.issues[0]?.message}`, {
    issues: unfit
      .slice(0, 20)
      .flatMap(({ bot, issues }) =>
        issues.slice(0, 5).map(({ path, message }) => ({ path: `${at}.${path}`, message: `${bot.name}: ${message}` })),
      ),
  });
}

/** In which transaction a change of layers is made, and by whom. */
export type Settling = { tx: Tx; recordAll: RecordEvents; workspaceId: string; author: Actor };

/** As a command's caller asks for it. */
export function byCaller({ tx, recordAll, caller }: CommandContext): Settling {
  return { tx, recordAll, workspaceId: caller.workspaceId, author: actorOf(caller) };
}

/**
 * Lets every bot whose configuration a change of a layer has changed take it over: a higher generation, a revision and an
 * event each, in a statement for all of them. Returns how many.
 */
export async function settleChange(
  { tx, recordAll, workspaceId, author }: Settling,
  changed: readonly Changed[],
  why: { cause: RevisionCause; reason: string },
): Promise<number> {
  const touched = changed.filter(({ changes }) => changes.length > 0);
  if (touched.length === 0) return 0;
  const numbers = await raiseGenerations(
    tx,
    touched.map(({ bot }) => bot.id),
  );
  const numberOf = ({ bot }: Changed) => numbers.get(bot.id) ?? bot.generation + 1;
  await insertRevisions(
    tx,
    { workspaceId, author, ...why },
    touched.map((one) => ({ ...one, number: numberOf(one) })),
  );
  await recordAll(
    touched.map((one) => ({
      type: 'bot-reconfigured' as const,
      subjectId: one.bot.id,
      subjectName: one.bot.name,
      detail: {
        cause: why.cause,
        revision: numberOf(one),
        changed: one.changes.slice(0, 20).map(({ path }) => path),
      },
    })),
  );
  return touched.length;
}

/** Another command may have raised one meanwhile: what it is now is told by the database. */
async function raiseGenerations(tx: Tx, ids: string[]): Promise<Map<string, number>> {
  const rows = await tx
    .updateTable('bot')
    .set({
      generation: sql<number>`generation + 1`,
      updatedAt: sql<Date>`now()`,
      reconcileAt: sql<Date>`now()`,
      failures: 0,
      status: sql<Record<string, unknown>>`status - 'retry'`,
    })
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .returning(['id', 'generation'])
    .execute();
  return new Map(rows.map(({ id, generation }) => [id, generation]));
}
