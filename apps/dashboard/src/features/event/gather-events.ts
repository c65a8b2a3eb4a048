import type { EventRecord } from '@clawster/contract/event';
import { actorName, sayEvent } from './say-event.ts';

/** Fewer are told one by one. */
const gatheredMin = 4;

/** Events in a row that say the same of different things, together: a fleet that stops is one line, not a hundred. */
export function gatherEvents(events: readonly EventRecord[]): EventRecord[][] {
  const runs: EventRecord[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run?.[0] && said(run[0]) === said(event)) run.push(event);
    else runs.push([event]);
  }
  return runs.flatMap((run) => (run.length < gatheredMin ? run.map((event) => [event]) : [run]));
}

function said(event: EventRecord): string {
  const { before, after } = sayEvent(event);
  return [before, after, actorName(event.actor)].join('|');
}
