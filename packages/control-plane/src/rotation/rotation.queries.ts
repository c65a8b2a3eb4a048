import type { Actor } from '@clawster/contract/event';
import { authorName } from '@clawster/domain/audit/author-name';
import type { Rotation, RotationBotState, RotationPhase } from '@clawster/contract/rotation';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

const counts = sql<Partial<Record<RotationBotState, number>>>`coalesce((select jsonb_object_agg(state, count) from (
    select state, count(*)::int as count from rotation_bot where rotation_id = rotation.id group by state) states), '{}')`;
const stuck = sql<string[]>`coalesce((select jsonb_agg(name order by name) from (
    select bot.name from rotation_bot join bot on bot.id = rotation_bot.bot_id
    where rotation_id = rotation.id and state = 'stuck' order by bot.name limit 10) named), '[]')`;

/** Rotations of the transaction's workspace. */
export function selectRotations(tx: Tx) {
  return tx
    .selectFrom('rotation')
    .innerJoin('namedSecret', 'namedSecret.id', 'rotation.secretId')
    .select([
      'rotation.id',
      'rotation.secretId',
      'namedSecret.name as secretName',
      'rotation.fromVersion',
      'rotation.toVersion',
      'rotation.phase',
      'rotation.reason',
      'rotation.wave',
      'rotation.waves',
      'rotation.revokeFormer',
      'rotation.former',
      'rotation.author',
      'rotation.startedAt',
      'rotation.endedAt',
    ])
    .select([counts.as('counts'), stuck.as('stuck')])
    .where(isVisible('rotation'));
}
type RotationRow = Awaited<ReturnType<ReturnType<typeof selectRotations>['executeTakeFirstOrThrow']>>;

/** Refuses when there is no such rotation. */
export async function getRotation(tx: Tx, rotationId: string): Promise<Rotation> {
  const row = await selectRotations(tx).where('rotation.id', '=', rotationId).executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such rotation in this workspace');
  return toRotation(row);
}

const none: Record<RotationBotState, number> = { waiting: 0, given: 0, proven: 0, stuck: 0, resting: 0, gone: 0 };

export function toRotation(row: RotationRow): Rotation {
  const { counts: bots, former, author, startedAt, endedAt, phase, ...rotation } = row;
  return {
    ...rotation,
    phase: phase as RotationPhase,
    bots: { ...none, ...bots },
    author: authorName(author as Actor),
    ...(former ? { former: former as NonNullable<Rotation['former']> } : {}),
    startedAt: startedAt.toISOString(),
    ...(endedAt ? { endedAt: endedAt.toISOString() } : {}),
  };
}

/** The rotation of a secret that goes on, locked until the transaction ends; the loop waits meanwhile. */
export async function openRotation(tx: Tx, secretId: string): Promise<{ id: string } | undefined> {
  return tx
    .selectFrom('rotation')
    .select('id')
    .where('secretId', '=', secretId)
    .where('endedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}
