import type { Report } from '@clawster/link/report';
import { type Expression, sql, type SqlBool } from 'kysely';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';
import type { DueBot } from './lease-bots.ts';

/** Whether a gateway was seen to be well with what a generation asks for. */
export type Verdict = { generation: number; verdict: 'good' | 'bad'; reason?: string | undefined };
type Judged = Pick<DueBot, 'id' | 'generation' | 'status'>;

const reasonLengthMax = 1_000;

/**
 * What a report says of the generation that is wanted now and was not written yet; of another one it says nothing, since
 * after a restored backup the same number may have stood for something else.
 */
export function newVerdict({ generation, status }: Judged, report: Report | undefined): Verdict | undefined {
  const verdict = report?.generation === generation ? verdictOf(report) : undefined;
  if (verdict?.generation !== generation) return undefined;
  const { judged } = status;
  return judged?.generation === generation && judged.verdict === verdict.verdict ? undefined : verdict;
}

function verdictOf({ generation, applied, refused }: Report): Verdict | undefined {
  if (refused?.generation === generation)
    return { generation, verdict: 'bad', reason: refused.reason.slice(0, reasonLengthMax) };
  return applied && { generation: applied.generation, verdict: 'good' };
}

/** Writes a verdict to the revision it is about, unless that was judged so already. */
export async function judgeRevision(tx: Tx, bot: Judged, verdict: Verdict): Promise<void> {
  await tx
    .updateTable('revision')
    .set({ verdict: verdict.verdict, verdictReason: verdict.reason ?? null })
    .where('botId', '=', bot.id)
    .where((eb) => isToBeJudged(eb.ref('number'), bot, verdict))
    .execute();
}

/** The number of the revision to which a verdict is news. */
export async function revisionToJudge(plane: ControlPlane, bot: Judged, verdict: Verdict): Promise<number | undefined> {
  const row = await systemQuery(plane, (tx) =>
    tx
      .selectFrom('revision')
      .select('number')
      .where('botId', '=', bot.id)
      .where((eb) => isToBeJudged(eb.ref('number'), bot, verdict))
      .executeTakeFirst(),
  );
  return row?.number;
}

/**
 * The newest revision up to this generation: starting, stopping and restarting make none. One that was seen to be good
 * stays that; one found bad may turn out good, as after a restart that was asked for.
 */
function isToBeJudged(number: Expression<number>, { id }: Judged, { generation, verdict }: Verdict) {
  return sql<SqlBool>`${number} = (select max(number) from revision as newest
      where newest.bot_id = ${id} and newest.number <= ${generation})
    and (verdict is null or verdict = 'bad' and ${verdict} = 'good')`;
}
