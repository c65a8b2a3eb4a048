import { TeamLimits } from '@clawster/contract/team';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import { changeDelegation, job } from './change-delegation.ts';
import { costOfTrace, costWithParts } from './delegation.queries.ts';
import type { DelegationRow } from './delegation-row.ts';
import { stepDelegation, watchSeconds } from './step-delegation.ts';

/** Ends what costs more than it may, and what its bot will never end since it is gone. */
export async function watchDelegation(plane: ControlPlane, row: DelegationRow): Promise<void> {
  const why = await keep(plane, (tx) => whyStop(tx, row));
  if (why)
    return changeDelegation(plane, row, (context, now) =>
      stepDelegation(context, now, { happening: { kind: 'cancel' }, why, by: job }),
    );
  // At the latest when its time is up.
  await keep(plane, (tx) =>
    tx
      .updateTable('delegation')
      .set({ dueAt: sql<Date>`least(deadline_at, now() + make_interval(secs => ${watchSeconds}))` })
      .where('id', '=', row.id)
      .where('version', '=', row.version)
      .execute(),
  );
}

async function whyStop(tx: Tx, { id, teamId, toBotId, usdMax, traceId }: DelegationRow): Promise<string | undefined> {
  const place = await tx
    .selectFrom('team')
    .leftJoin('teamMember as member', (join) =>
      join.onRef('member.teamId', '=', 'team.id').on('member.botId', '=', toBotId),
    )
    .where('team.id', '=', teamId)
    .select(['team.limits', 'member.botId'])
    .executeTakeFirst();
  if (!place?.botId) return 'Its bot is not in the team any more';
  const { usdPerOrigin } = TeamLimits.parse(place.limits);
  if (usdPerOrigin !== null && (await costOfTrace(tx, teamId, traceId)) > usdPerOrigin)
    return `What comes of the same origin has cost more than $${usdPerOrigin.toFixed(2)}, which is as much as the team allows`;
  if (usdMax !== null && (await costWithParts(tx, id)) > Number(usdMax))
    return `It has cost more than the $${Number(usdMax).toFixed(2)} that its rule allows`;
  return undefined;
}
