import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { query } from '../query.ts';
import { formatCursor, parseCursor } from './cursor.ts';
import { countEvents, eventsBefore } from './event.queries.ts';

/** What happened in the caller's workspace, newest first. */
export const listEvents = query(api.events.list, async ({ tx, caller }, { cursor, limit, subjectId, type }) => {
  const before = cursor === undefined ? undefined : parseCursor(cursor);
  if (cursor !== undefined && !before)
    throw new Refusal('invalid', 'This cursor is not one this list gave out: leave it out to begin anew');
  const filter = { workspaceId: caller.workspaceId, subjectId, type };
  const found = await eventsBefore(tx, filter, { before, limit: limit + 1 });
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ record }) => record),
    total: await countEvents(tx, filter),
    ...(found.length > limit && last ? { nextCursor: formatCursor(last.cursor) } : {}),
  };
});
