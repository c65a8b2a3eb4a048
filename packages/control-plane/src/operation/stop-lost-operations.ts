import type { Actor } from '@clawster/contract/event';
import { type OperationKind, OperationStep } from '@clawster/contract/operation';
import { Permission } from '@clawster/contract/permission';
import { isBeyondReturn } from '@clawster/domain/operation/steps';
import { type Access, may, type ScopedBot } from '@clawster/domain/role/reach';
import { sql } from 'kysely';
import { z } from 'zod';
import { findKeyById } from '../api-key/key-in-force.ts';
import { keep } from '../change.ts';
import { accessOf } from '../person/access-of.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';

type Begun = {
  id: string;
  workspaceId: string;
  botId: string;
  kind: string;
  begunBy: unknown;
  permission: string | null;
};
const columns = ['operation.id', 'operation.workspaceId', 'operation.botId', 'kind', 'begunBy', 'permission'] as const;

/**
 * Asks those operations to stop whose beginner may no longer do what they do, so that each ends as if it had been
 * cancelled: all is as it was before. One beyond its point of no return is what should be by now, and goes on to its end.
 */
export async function stopLostOperations(plane: ControlPlane): Promise<void> {
  for (const operation of await systemQuery(plane, findLost)) await stop(plane, operation);
}

/** Each beginner is looked at once, however many operations of theirs go on: a fleet is backed up by one person. */
async function findLost(tx: Tx): Promise<Begun[]> {
  const active = await tx
    .selectFrom('operation')
    .leftJoin('bot', 'bot.id', 'operation.botId')
    .select(columns)
    .select(['steps', 'bot.labels'])
    .where('operation.phase', 'in', ['pending', 'running'])
    .where('cancelAskedAt', 'is', null)
    .where('begunBy', 'is not', null)
    .execute();
  const known = new Map<string, Access | undefined>();
  const lost: Begun[] = [];
  for (const operation of active.filter(isStoppable)) {
    const beginning = beginningOf(operation);
    if (!beginning) continue;
    const key = `${operation.workspaceId} ${beginning.actor.id}`;
    if (!known.has(key)) known.set(key, await accessNow(tx, operation.workspaceId, beginning.actor));
    if (!stillMay(known.get(key), beginning, botIn(operation))) lost.push(operation);
  }
  return lost;
}

function isStoppable({ kind, steps }: { kind: string; steps: unknown }): boolean {
  return !isBeyondReturn({ kind: kind as OperationKind, steps: z.array(OperationStep).parse(steps) });
}

/** It may have gone beyond return, or ended, since it was looked at. What it ends with is told when it has ended. */
async function stop(plane: ControlPlane, { id }: Begun): Promise<void> {
  await keep(plane, async (tx) => {
    const row = await tx
      .selectFrom('operation')
      .select([...columns, 'steps'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (row && isStoppable(row)) await stopIfLost(tx, row);
  });
  plane.wake(['operation']);
}

/** Asks an operation, whose row is held, to stop if its beginner may no longer; when it was asked, or null. */
export async function stopIfLost(tx: Tx, operation: Begun): Promise<Date | null> {
  const stopReason = await whyLost(tx, operation);
  if (!stopReason) return null;
  const row = await tx
    .updateTable('operation')
    .set({ cancelAskedAt: sql<Date>`coalesce(cancel_asked_at, now())`, stopReason, reconcileAt: sql<Date>`now()` })
    .where('id', '=', operation.id)
    .where('endedAt', 'is', null)
    .returning('cancelAskedAt')
    .executeTakeFirst();
  return row?.cancelAskedAt ?? null;
}

/** Why whoever began an operation may not any more, in a sentence; undefined while they may, and for one of an earlier version. */
export async function whyLost(tx: Tx, operation: Begun): Promise<string | undefined> {
  const beginning = beginningOf(operation);
  if (!beginning) return undefined;
  const { actor, permission } = beginning;
  const access = await accessNow(tx, operation.workspaceId, actor);
  if (stillMay(access, beginning, await scopedBot(tx, operation.botId))) return undefined;
  const who = actor.kind === 'person' ? actor.name : `The API key "${actor.name}"`;
  return `${who}, who began it, no longer may: the permission ${permission} was lost`;
}

type Beginner = Extract<Actor, { kind: 'person' | 'api-key' }>;
type Beginning = { actor: Beginner; permission: Permission };

function beginningOf(operation: Begun): Beginning | undefined {
  const actor = (operation.begunBy as { actor: Actor } | null)?.actor;
  const permission = Permission.safeParse(operation.permission).data;
  if (!actor || !permission || (actor.kind !== 'person' && actor.kind !== 'api-key')) return undefined;
  return { actor, permission };
}

function stillMay(access: Access | undefined, { permission }: Beginning, bot: ScopedBot | undefined): boolean {
  return access !== undefined && may(access, permission, bot);
}

async function accessNow(tx: Tx, workspaceId: string, { kind, id }: Beginner): Promise<Access | undefined> {
  if (kind === 'person') return (await accessOf(tx, workspaceId, [id])).get(id);
  const key = await findKeyById(tx, workspaceId, id);
  if (key) return key.access;
  // The key that took its place is the same program's.
  const old = await tx.selectFrom('apiKey').select('replacedBy').where('id', '=', id).executeTakeFirst();
  return old?.replacedBy ? (await findKeyById(tx, workspaceId, old.replacedBy))?.access : undefined;
}

async function scopedBot(tx: Tx, botId: string): Promise<ScopedBot | undefined> {
  const bot = await tx.selectFrom('bot').select(['id', 'labels']).where('id', '=', botId).executeTakeFirst();
  return bot && botIn({ botId, labels: bot.labels });
}

function botIn({ botId, labels }: { botId: string; labels: unknown }): ScopedBot | undefined {
  return labels === null ? undefined : { id: botId, labels: labels as ScopedBot['labels'] };
}
