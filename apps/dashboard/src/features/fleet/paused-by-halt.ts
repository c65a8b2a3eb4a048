import type { Halted } from '@clawster/contract/fleet';
import { client } from '../../lib/client.ts';
import type { Subject } from '../bot/act-on-all.ts';

/** Whom this emergency stop paused, as the events tell it: nobody who was paused before for a reason of their own. */
export async function pausedByHalt({ id, bots }: Halted): Promise<Subject[]> {
  const found: Subject[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.events.list({ type: 'bot-paused', limit: 200, ...(cursor ? { cursor } : {}) });
    for (const { subjectId, subjectName, detail } of page.items)
      if (detail['haltId'] === id && subjectId) found.push({ id: subjectId, name: subjectName ?? subjectId });
    cursor = page.nextCursor;
  } while (cursor && found.length < bots);
  return found;
}
