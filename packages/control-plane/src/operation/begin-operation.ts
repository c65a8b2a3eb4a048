import { api } from '@clawster/contract/api';
import type { Permission } from '@clawster/contract/permission';
import type { Operation, OperationKind } from '@clawster/contract/operation';
import { violates } from '@clawster/database/violation';
import { holdsBot, stepsFor } from '@clawster/domain/operation/steps';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { authorOf } from '../caller.ts';
import type { CommandContext } from '../command.ts';
import { type AdoptedOrphan, readOperation } from './operation.queries.ts';

/** The permission of the route that begins each kind. */
const beginPermissions: Record<OperationKind, Permission> = {
  backup: api.backups.create.permission,
  restore: api.backups.restore.permission,
  move: api.bots.move.permission,
  clone: api.bots.clone.permission,
  adoption: api.orphans.adopt.permission,
};

export type Begin = {
  kind: OperationKind;
  bot: { id: string; name: string; epoch: number };
  backupId?: string;
  sourceBotId?: string;
  /** The bot of another Clawster whose state is taken over, on the same target. */
  orphan?: AdoptedOrphan;
  fromTargetId?: string;
  targetId?: string;
  /** The bot was made for this operation alone. */
  isNew?: boolean;
};

/** Stores an operation for the loop to carry out, and holds its bot where it must stand still; one at a time for each bot. */
export async function beginOperation(context: CommandContext, { bot, isNew, ...begin }: Begin): Promise<Operation> {
  const { tx, caller, record } = context;
  const { id } = await oneAtATime(bot.name, () =>
    tx
      .insertInto('operation')
      .values({
        ...begin,
        workspaceId: caller.workspaceId,
        botId: bot.id,
        botIsNew: isNew ?? false,
        heldAtEpoch: bot.epoch,
        ...begunBy(caller, begin.kind),
        reason: 'Waiting for its turn',
        steps: sql`${JSON.stringify(stepsFor(begin.kind))}::jsonb`,
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  // A backup is checked before its bot is touched: that one is held when it comes to be stopped.
  if (holdsBot(begin.kind) && (begin.kind !== 'restore' || isNew))
    await tx
      .updateTable('bot')
      .set({ operationId: id, reconcileAt: sql<Date>`now()` })
      .where('id', '=', bot.id)
      .execute();
  await record({
    type: 'operation-phase-changed',
    subjectId: bot.id,
    subjectName: bot.name,
    detail: { operationId: id, kind: begin.kind, to: 'pending' },
  });
  return readOperation(tx, id);
}

/** Who may stop being allowed to, and what that is: looked at again while the operation goes on. */
function begunBy(caller: CommandContext['caller'], kind: OperationKind) {
  const { actor, onBehalfOf } = authorOf(caller);
  return { begunBy: { actor, ...(onBehalfOf ? { onBehalfOf } : {}) }, permission: beginPermissions[kind] };
}

async function oneAtATime<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (!violates(cause, 'operation_active')) throw cause;
    const sentence = `${name} is being backed up, restored, moved, cloned or adopted already: wait until that is done, or cancel it`;
    throw new Refusal('conflict', sentence, { cause });
  }
}
