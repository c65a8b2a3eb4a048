import { api } from '@clawster/contract/api';
import type { EventType } from '@clawster/contract/event';
import type { Signal } from '@clawster/contract/health';
import { storyOf, storyTypes } from '@clawster/domain/health/story';
import { isReached } from '../access/is-reached.ts';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { noSuchIncident, selectIncidents, toIncident } from './health.queries.ts';

/** What came shortly before may be why; what came shortly after may be the end of it. */
const beforeMs = 15 * 60_000;
const afterMs = 5 * 60_000;
const linesMax = 100;

/** One incident with what was seen when it was opened, and what happened to its bot around it. */
export const getIncident = query(api.incidents.get, async ({ tx, caller }, { incidentId }) => {
  const row = await selectIncidents(tx)
    .select('incident.evidence')
    .where('incident.id', '=', incidentId)
    .where(isReached(caller.reach))
    .executeTakeFirst();
  if (!row) throw noSuchIncident();
  const { evidence, ...incident } = row;
  const told = toIncident(incident);
  const story = storyOf(
    { beganAt: row.beganAt, cause: row.cause, endedAt: row.endedAt ?? undefined, ending: told.ending },
    await readAround(tx, row),
  );
  return { ...told, evidence: evidence as Signal[], story };
});

async function readAround(tx: Tx, { botId, beganAt, endedAt }: { botId: string; beganAt: Date; endedAt: Date | null }) {
  let around = tx
    .selectFrom('event')
    .select(['type', 'at', 'detail'])
    .where('subjectId', '=', botId)
    .where('type', 'in', storyTypes)
    .where('at', '>=', new Date(beganAt.getTime() - beforeMs));
  if (endedAt) around = around.where('at', '<=', new Date(endedAt.getTime() + afterMs));
  const rows = await around.orderBy('id').limit(linesMax).execute();
  return rows.map(({ type, at, detail }) => ({
    type: type as EventType,
    at,
    detail: detail as Record<string, unknown>,
  }));
}
