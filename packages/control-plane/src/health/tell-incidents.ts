import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { change } from '../change.ts';
import type { NewEvent } from '../event/recorder.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import type { Looked } from './look-at.ts';

/**
 * Opens and closes what is due, the incidents of a workspace in one change, and tells of each. What another replica has
 * opened or closed meanwhile is left alone and told no second time.
 */
export async function tellIncidents(plane: ControlPlane, looked: readonly Looked[]): Promise<void> {
  const due = looked.filter(({ step }) => step.do !== 'nothing');
  for (const [workspaceId, ofOne] of Map.groupBy(due, ({ row }) => row.workspaceId)) {
    await change(plane, { workspaceId, job: 'watch-health' }, async ({ tx, recordAll }) => {
      const events = [...(await open(tx, ofOne)), ...(await close(tx, ofOne))];
      if (events.length === 0) throw toldMeanwhile;
      await recordAll(events);
    }).catch((error: unknown) => {
      if (error !== toldMeanwhile) throw error;
    });
  }
}

/** Another replica was first, or the bots are gone. */
const toldMeanwhile = new Refusal('conflict', 'These incidents were opened or closed meanwhile');

type Row = { id: string; botId: string; name: string; signal: string; cause: string; why: string; beganAt: Date };

async function open(tx: Tx, looked: readonly Looked[]): Promise<NewEvent[]> {
  const opening = looked.flatMap(({ row, verdict, signals, step }) =>
    step.do === 'open' && verdict.cause
      ? {
          bot_id: row.id,
          signal: verdict.cause.signal,
          cause: verdict.cause.text,
          why: verdict.why,
          fix: verdict.fix,
          evidence: signals,
          began_at: step.beganAt,
        }
      : [],
  );
  if (opening.length === 0) return [];
  const { rows } = await sql<Row>`
    with opened as (
      insert into incident (bot_id, workspace_id, signal, cause, why, fix, evidence, began_at)
      select told.bot_id, bot.workspace_id, signal, cause, why, fix, evidence, began_at
      from jsonb_to_recordset(${JSON.stringify(opening)}::jsonb) as told (bot_id uuid, signal text, cause text, why text, fix text,
        evidence jsonb, began_at timestamptz)
      join bot on bot.id = told.bot_id order by bot.id
      on conflict do nothing returning *)
    select opened.*, bot.name from opened join bot on bot.id = opened.bot_id order by bot.name`.execute(tx);
  return rows.map(({ id, botId, name, signal, cause, why, beganAt }) => ({
    type: 'incident-opened' as const,
    subjectId: botId,
    subjectName: name,
    detail: { incidentId: id, signal, cause, why, beganAt: beganAt.toISOString() },
  }));
}

async function close(tx: Tx, looked: readonly Looked[]): Promise<NewEvent[]> {
  const closing = looked.flatMap(({ row, step }) =>
    step.do === 'close' ? { bot_id: row.id, ended_at: step.endedAt, ending: step.ending } : [],
  );
  if (closing.length === 0) return [];
  const { rows } = await sql<Row & { endedAt: Date; ending: string }>`
    with closed as (
      update incident set ended_at = greatest(told.ended_at, began_at), ending = told.ending
      from jsonb_to_recordset(${JSON.stringify(closing)}::jsonb) as told (bot_id uuid, ended_at timestamptz, ending text)
      where incident.bot_id = told.bot_id and incident.ended_at is null returning incident.*)
    select closed.*, bot.name from closed join bot on bot.id = closed.bot_id order by bot.name`.execute(tx);
  return rows.map(({ id, botId, name, cause, beganAt, endedAt, ending }) => ({
    type: 'incident-closed' as const,
    subjectId: botId,
    subjectName: name,
    detail: { incidentId: id, cause, ending, seconds: Math.round((endedAt.getTime() - beganAt.getTime()) / 1000) },
  }));
}
