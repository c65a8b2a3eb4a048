import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { command } from '../command.ts';
import { lockOrphan, toOrphan } from './orphan.queries.ts';
import { refuseUnlessOwn } from './whose-orphan.ts';

/** Dooms an orphan: the loop ends it and deletes its state, at once and for good. */
export const destroyOrphan = command(api.orphans.destroy, async ({ tx, caller, record }, asked) => {
  const orphan = await lockOrphan(tx, caller, asked);
  refuseUnlessOwn(orphan);
  const doomed = await tx
    .updateTable('orphan')
    .set({ doomedAt: sql<Date>`now()`, trouble: null })
    .where('id', '=', orphan.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const { botId, name, installation, targetId } = orphan;
  await record({
    type: 'target-orphan-doomed',
    subjectId: targetId,
    subjectName: name,
    detail: { orphan: botId, ...(installation ? { installation } : {}) },
  });
  return toOrphan(doomed);
});
