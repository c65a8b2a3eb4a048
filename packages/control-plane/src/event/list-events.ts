import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { reachedPlace } from '../audit/audit.queries.ts';
import { getInstallation } from '../installation/installation.queries.ts';
import { query } from '../query.ts';
import { formatCursor, isAfter, parseCursor } from './cursor.ts';
import { countEvents, eventsBefore } from './event.queries.ts';

/** What happened in the caller's workspace, newest first. */
export const listEvents = query(api.events.list, async ({ tx, caller }, { cursor, limit, ...asked }) => {
  const before = cursor === undefined ? undefined : parseCursor(cursor);
  if (cursor !== undefined && !before)
    throw new Refusal('invalid', 'This cursor is not one this list gave out: leave it out to begin anew');
  const filter = { workspaceId: caller.workspaceId, reach: caller.reach, ...asked };
  // Before the events: what is sealed while they are read is told as not sealed yet, never the other way round.
  const { epoch } = await getInstallation(tx);
  const sealed = await reachedPlace(tx, epoch);
  const found = await eventsBefore(tx, filter, { before, limit: limit + 1 });
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((event) => ({
      ...event.record,
      sealed: sealed !== undefined && !isAfter(event.cursor, sealed),
    })),
    total: await countEvents(tx, filter),
    ...(found.length > limit && last ? { nextCursor: formatCursor(last.cursor) } : {}),
  };
});
