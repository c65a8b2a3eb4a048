import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { isHalted } from '../link/heard-link.ts';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';
import { costOf, costOfDelegation } from './cost-of-delegation.ts';
import type { DelegationRow } from './delegation-row.ts';

export function findDelegation(tx: Tx, id: string): Promise<DelegationRow | undefined> {
  return tx.selectFrom('delegation').selectAll().where('id', '=', id).where(isVisible('delegation')).executeTakeFirst();
}

export type LockedDelegation = DelegationRow & { epoch: number | null; isHalted: boolean | null };

/**
 * As it is until the transaction ends: what happens to it at the same time waits, and sees what came of this. `epoch`: of the
 * newest link of the bot it was given to; `isHalted`: an emergency stop ended that bot.
 */
export function lockDelegation(tx: Tx, id: string): Promise<LockedDelegation | undefined> {
  return tx
    .selectFrom('delegation')
    .leftJoin('link', 'link.botId', 'delegation.toBotId')
    .leftJoin('bot', 'bot.id', 'delegation.toBotId')
    .selectAll('delegation')
    .select(['link.epoch', isHalted.as('isHalted')])
    .where('delegation.id', '=', id)
    .where(isVisible('delegation'))
    .forUpdate('delegation')
    .executeTakeFirst();
}

export async function getLockedDelegation(tx: Tx, id: string): Promise<DelegationRow> {
  const row = await lockDelegation(tx, id);
  if (!row) throw new Refusal('not-found', 'There is no such task');
  return row;
}

/** What was asked in the same words and is not over, or whose result nobody has taken. */
export function findSameAsk(tx: Tx, teamId: string, askKey: string) {
  return tx
    .selectFrom('delegation')
    .select(['id', 'state', 'reason'])
    .where('teamId', '=', teamId)
    .where('askKey', '=', askKey)
    .where('takenAt', 'is', null)
    .where('state', 'not in', ['refused', 'failed', 'cancelled', 'expired'])
    .executeTakeFirst();
}

type Asker = { parentId: string | undefined; fromBotId: string | undefined; fromSession: string | undefined };

/** How many are open in the team, and of them of whoever asks. */
export async function countOpen(
  tx: Tx,
  teamId: string,
  { parentId, fromBotId, fromSession }: Asker,
): Promise<{ openOfTeam: number; openOfAsker: number }> {
  const isOfAsker = parentId
    ? sql<boolean>`parent_id = ${parentId}::uuid`
    : sql<boolean>`parent_id is null and from_bot_id = ${fromBotId ?? null}::uuid
        and coalesce(from_session, '') = ${fromSession ?? ''}`;
  return tx
    .selectFrom('delegation')
    .where('teamId', '=', teamId)
    .where('endedAt', 'is', null)
    .select(sql<number>`count(*)::int`.as('openOfTeam'))
    .select(sql<number>`(count(*) filter (where ${isOfAsker}))::int`.as('openOfAsker'))
    .executeTakeFirstOrThrow();
}

/** What a team's delegations of a trace have cost until now, whoever else names that trace: of each the conversation its bot works at it in. */
export async function costOfTrace(tx: Tx, teamId: string, traceId: string): Promise<number> {
  const { usd } = await tx
    .selectFrom('delegation')
    .select(sql<number>`coalesce(sum(${costOfDelegation}), 0)::float8`.as('usd'))
    .where('traceId', '=', traceId)
    .where('teamId', '=', teamId)
    .executeTakeFirstOrThrow();
  return usd;
}

/** The bots that work at what something is part of, up to where it began, and what each of those was asked for. */
export async function readChain(tx: Tx, parentId: string): Promise<{ botIds: string[]; texts: string[] }> {
  const { rows } = await sql<{ to: string | null; from: string | null; text: string }>`
    with recursive chain as (
      select id, parent_id, to_bot_id, from_bot_id, text, 1 as depth from delegation where id = ${parentId}::uuid
      union all
      select above.id, above.parent_id, above.to_bot_id, above.from_bot_id, above.text, depth + 1
      from delegation as above join chain on above.id = chain.parent_id where depth < 20)
    select to_bot_id as "to", from_bot_id as "from", text from chain order by depth desc`.execute(tx);
  return {
    botIds: rows.flatMap(({ to, from }) => [to, from]).filter((id) => id !== null),
    texts: rows.map(({ text }) => text),
  };
}

/** How many a rule let through in the last hour, and how many of them are open. */
export async function countOfRule(tx: Tx, teamId: string, ruleId: string): Promise<{ inHour: number; open: number }> {
  return tx
    .selectFrom('delegation')
    .where('teamId', '=', teamId)
    .where('ruleId', '=', ruleId)
    .where('state', '<>', 'refused')
    .where((is) => is.or([is('requestedAt', '>', sql<Date>`now() - interval '1 hour'`), is('endedAt', 'is', null)]))
    .select(sql<number>`(count(*) filter (where requested_at > now() - interval '1 hour'))::int`.as('inHour'))
    .select(sql<number>`(count(*) filter (where ended_at is null))::int`.as('open'))
    .executeTakeFirstOrThrow();
}

/** Those that were passed on of this one and are not over. */
export function openChildren(tx: Tx, id: string): Promise<DelegationRow[]> {
  return tx
    .selectFrom('delegation')
    .selectAll()
    .where('parentId', '=', id)
    .where('endedAt', 'is', null)
    .forUpdate()
    .execute();
}

/** What a delegation has cost until now, with all that it was passed on as. */
export async function costWithParts(tx: Tx, id: string): Promise<number> {
  const { rows } = await sql<{ usd: number }>`
    with recursive part as (
      select id, to_bot_id, requested_at from delegation where id = ${id}::uuid
      union all select below.id, below.to_bot_id, below.requested_at
        from delegation as below join part on below.parent_id = part.id)
    select coalesce(sum(${costOf('part')}), 0)::float8 as usd from part`.execute(tx);
  return rows[0]?.usd ?? 0;
}
