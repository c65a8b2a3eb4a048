import { api } from '@clawster/contract/api';
import type { EventRecord } from '@clawster/contract/event';
import { csvLine } from '@clawster/domain/audit/csv';
import { eventCells, eventHead } from '@clawster/domain/audit/event-cells';
import type { Caller } from '../caller.ts';
import type { StreamAsk } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { FileAnswer } from '../file-answer.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { beginning } from './cursor.ts';
import { eventsAfter } from './event.queries.ts';

const batch = 500;

const formats = {
  jsonl: { contentType: 'application/jsonl', head: '', line: (event: EventRecord) => `${JSON.stringify(event)}\n` },
  csv: {
    contentType: 'text/csv',
    head: csvLine(eventHead),
    line: (event: EventRecord) => csvLine(eventCells(event)),
  },
};

/** All that is settled of the caller's workspace and fits, oldest first, an event a line. */
export async function exportEvents(
  plane: ControlPlane,
  caller: Caller,
  { input, signal }: StreamAsk,
): Promise<FileAnswer> {
  const admitted = admit(api.events.export, caller);
  const { format, ...filter } = parseInput(api.events.export, input);
  const { contentType, head, line } = formats[format];
  async function* parts(): AsyncGenerator<string> {
    if (head) yield head;
    for (let after = beginning; !signal.aborted;) {
      const from = after;
      const found = await readAs(plane, admitted, (tx) =>
        eventsAfter(tx, from, { ...filter, workspaceId: admitted.workspaceId, reach: admitted.reach, limit: batch }),
      );
      if (found.length > 0) yield found.map(({ record }) => line(record)).join('');
      if (found.length < batch) return;
      after = found.at(-1)?.cursor ?? after;
    }
  }
  return { name: `clawster-events.${format}`, contentType, parts: parts() };
}
