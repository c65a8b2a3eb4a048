import { type Delegation, Delegation as Schema } from '@clawster/contract/delegation';
import { sql } from 'kysely';
import type { Origin } from '../team/team-call.ts';
import type { Tx } from '../transaction.ts';
import { costOfDelegation, sessionOf } from './cost-of-delegation.ts';
import type { DelegationRow } from './delegation-row.ts';

/** Delegations with what each has cost, and the inbox item that decides about it; the base of every read. */
export function selectDelegations(tx: Tx) {
  return tx
    .selectFrom('delegation')
    .selectAll('delegation')
    .select(
      sql<string | null>`(select id from inbox_item as item where item.workspace_id = delegation.workspace_id
        and item.kind = 'delegation' and item.subject = delegation.id::text order by created_at desc limit 1)`.as(
        'inboxItemId',
      ),
    )
    .select(took('input_tokens').as('inputTokens'))
    .select(took('output_tokens').as('outputTokens'))
    .select(costOfDelegation.as('costUsd'));
}

/** Tokens of the conversation in which its bot works at it. */
function took(column: 'input_tokens' | 'output_tokens') {
  return sql<number>`coalesce((select sum(${sql.ref(column)}) from span where span.bot_id = delegation.to_bot_id
    and span.session = ${sessionOf('delegation')} and span.kind = 'model-call'
    and span.at >= delegation.requested_at), 0)::float8`;
}

type Read = DelegationRow & {
  inboxItemId: string | null;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
};

/** A delegation as it is told. */
export function toDelegation(row: Read): Delegation {
  const { kind, channel, personName } = row.origin as Origin;
  const moment = (at: Date | null) => at?.toISOString();
  return Schema.parse({
    ...withoutNulls(row),
    origin: { kind, channel, personName },
    deadlineAt: moment(row.deadlineAt),
    requestedAt: moment(row.requestedAt),
    startedAt: moment(row.startedAt),
    endedAt: moment(row.endedAt),
  });
}

function withoutNulls(row: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
