import type { EventType } from '@clawster/contract/event';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { change } from '../../change.ts';
import { free } from '../../loops/lease.ts';
import { readAs } from '../../query.ts';
import { withDeadline } from '../../reconcile/observe.ts';
import { release } from '../end-operation.ts';
import { OperationLost, ours } from '../lease-operations.ts';
import { botOf, connectPlace, type OperatedBot } from '../place.ts';
import { removeCopy } from '../remove-copy.ts';
import type { StepOutcome, Work } from '../take-step.ts';

const lookAgainMs = 500;
const inspectMs = 15_000;

/**
 * Waits until the reconciler has stopped the bot. Only a look that began after the hold counts, one before it may still
 * be about to start the bot; and the target itself is asked.
 */
export async function stopBot({ plane, operation }: Work): Promise<StepOutcome> {
  const { workspaceId, botId } = operation;
  const bot = await botOf(plane, workspaceId, botId);
  const wait = { waitMs: lookAgainMs, detail: bot.status.reason };
  if (bot.operationId !== operation.id) {
    await hold(plane, operation, bot);
    return wait;
  }
  const isSettled = bot.epoch > operation.heldAtEpoch && bot.phase === 'stopped';
  if (!isSettled) return wait;
  const place = await connectPlace(plane, workspaceId, bot.targetId);
  const { state } = await withDeadline(place.inspect(botId), inspectMs);
  return state === 'absent' || state === 'exited' ? {} : wait;
}

/** From now on nobody else changes the bot, and the reconciler stops it. */
async function hold(
  plane: Work['plane'],
  operation: Work['operation'],
  { id, name, spec }: OperatedBot,
): Promise<void> {
  if (spec.desired === 'destroyed') throw new Refusal('refused', `${name} was destroyed meanwhile`);
  const { workspaceId, kind } = operation;
  await change(plane, { workspaceId, job: 'advance-operations' }, async ({ tx, record }) => {
    const { epoch } = await tx
      .updateTable('bot')
      .set({ operationId: operation.id, reconcileAt: sql<Date>`now()` })
      .where('id', '=', id)
      .returning('epoch')
      .executeTakeFirstOrThrow();
    const held = await ours(tx, operation).set({ heldAtEpoch: epoch }).returning('id').executeTakeFirst();
    if (!held) throw new OperationLost();
    const detail = { operationId: operation.id, kind, to: 'running' };
    await record({ type: 'operation-phase-changed', subjectId: id, subjectName: name, detail });
  });
}

/**
 * From here on the bot is on the new target. The key of the old place is forgotten and its join tokens are void, so that
 * nothing left there can dial in; whoever looked at the bot before has lost it.
 */
export async function switchTarget({ plane, operation }: Work): Promise<StepOutcome> {
  const { workspaceId, botId, targetId } = operation;
  if (!targetId) throw new Error('The move names no target');
  const bot = await botOf(plane, workspaceId, botId);
  if (bot.targetId === targetId) return {};
  await change(plane, { workspaceId, job: 'advance-operations' }, async ({ tx, record }) => {
    const held = await ours(tx, operation).set({ failures: 0 }).returning('id').executeTakeFirst();
    if (!held) throw new OperationLost();
    await tx.deleteFrom('joinToken').where('botId', '=', botId).where('usedAt', 'is', null).execute();
    await tx
      .updateTable('bot')
      .set({
        targetId,
        publicKey: null,
        generation: sql<number>`generation + 1`,
        workloadGeneration: sql<number>`workload_generation + 1`,
        epoch: sql<number>`epoch + 1`,
        ...free,
        failures: 0,
        updatedAt: sql<Date>`now()`,
        status: sql<Record<string, unknown>>`status - 'retry'`,
      })
      .where('id', '=', botId)
      .execute();
    const names = await tx
      .selectFrom('target')
      .select(['id', 'name'])
      .where('id', 'in', [bot.targetId, targetId])
      .execute();
    const nameOf = (id: string) => names.find((target) => target.id === id)?.name;
    await record({
      type: 'bot-moved',
      subjectId: botId,
      subjectName: bot.name,
      detail: { from: nameOf(bot.targetId), to: nameOf(targetId) },
    });
  });
  return {};
}

/** Lets the bot go on. After a move, waits until it is ready on its new target, or is not to run any more. */
export async function startBot({ plane, operation }: Work): Promise<StepOutcome> {
  const { workspaceId, botId, id, kind, backupId } = operation;
  const bot = await botOf(plane, workspaceId, botId);
  if (bot.operationId === id)
    await change(plane, { workspaceId, job: 'advance-operations' }, async ({ tx, record }) => {
      await release(tx, operation);
      const type: EventType = kind === 'restore' ? 'backup-restored' : 'operation-phase-changed';
      const detail = { operationId: id, kind, to: 'running', ...(backupId ? { backupId } : {}) };
      await record({ type, subjectId: botId, subjectName: bot.name, detail });
    });
  if (bot.spec.desired !== 'running') return { detail: 'It was stopped before, and stays so' };
  if (kind !== 'move') return {};
  const isReady = bot.operationId !== id && bot.phase === 'ready';
  return isReady ? {} : { waitMs: lookAgainMs, detail: bot.status.reason };
}

/** Removes the bot from where it was; says by its name where it is left when that cannot be. */
export async function cleanUp({ plane, operation }: Work): Promise<StepOutcome> {
  const { workspaceId, fromTargetId } = operation;
  try {
    await removeCopy(plane, operation, fromTargetId);
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    const { name } = await readAs(plane, { workspaceId }, (tx) =>
      tx.selectFrom('target').select('name').where('id', '=', fromTargetId).executeTakeFirstOrThrow(),
    );
    throw new Error(`Its state is left on ${name}, where it cannot be removed: ${(cause as Error).message}`, { cause });
  }
  return {};
}
