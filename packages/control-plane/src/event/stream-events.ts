import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import type { StreamAsk } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { sql } from 'kysely';
import { readAs, systemQuery } from '../query.ts';
import type { Place } from '../transaction.ts';
import { type Cursor, isAfter, parseCursor } from './cursor.ts';
import { type EventHub, eventHubOf } from './event-hub.ts';
import { eventsAfter } from './event.queries.ts';
import { onlyReached } from './only-reached.ts';
import { frameOf, resync, type StreamFrame } from './stream-frame.ts';

const missedMax = 5_000;
const batch = 500;

/** Every event of the caller's workspace from now on, or after `after`: each once, in order, none lost. */
export async function streamEvents(
  plane: ControlPlane,
  caller: Caller,
  { input, signal }: StreamAsk,
): Promise<AsyncIterable<StreamFrame>> {
  const admitted = admit(api.events.stream, caller);
  const { after } = parseInput(api.events.stream, input);
  const cursor = after === undefined ? undefined : parseCursor(after);
  if (after !== undefined && !cursor)
    throw new Refusal('invalid', 'This Last-Event-ID is not one this stream gave out: leave it out to begin anew');
  const hub = eventHubOf(plane);
  await hub.start();
  const until = AbortSignal.any([signal, hub.ended]);
  const frames = follow(plane, hub, { place: admitted, cursor, signal: until });
  return admitted.reach ? onlyReached(plane, admitted, frames) : frames;
}

type Follower = { place: Place; cursor: Cursor | undefined; signal: AbortSignal };

async function* follow(
  plane: ControlPlane,
  hub: EventHub,
  { place, cursor, signal }: Follower,
): AsyncGenerator<StreamFrame> {
  const { workspaceId } = place;
  const isForeign = cursor !== undefined && isAfter(cursor, hub.position) && (await isUnborn(plane, cursor));
  if (isForeign) yield resync;
  const position = cursor && !isForeign ? yield* catchUp(plane, hub, { place, cursor }) : undefined;
  // No await between these two: what the ring holds now and what the listener gets next leave no gap.
  const ringed = position ? (hub.since(position, workspaceId) ?? []) : [];
  const listener = hub.join(workspaceId);
  try {
    yield* ringed;
    for await (const frame of listener.frames(signal)) if (!isKnown(frame, position)) yield frame;
  } finally {
    hub.leave(listener);
  }
}

/** Tells from the database what the ring no longer holds; returns the place reached, or undefined when too much was missed to be told. */
async function* catchUp(
  plane: ControlPlane,
  hub: EventHub,
  { place, cursor }: { place: Place; cursor: Cursor },
): AsyncGenerator<StreamFrame, Cursor | undefined> {
  const { workspaceId, reach } = place;
  let position = cursor;
  for (let told = 0; hub.since(position, workspaceId) === undefined;) {
    if (told >= missedMax) {
      yield resync;
      return undefined;
    }
    const reached = hub.position;
    const missed = await readAs(plane, place, (tx) => eventsAfter(tx, position, { workspaceId, reach, limit: batch }));
    for (const { record } of missed) yield frameOf(record);
    told += missed.length;
    position = missed.at(-1)?.cursor ?? position;
    // All of this workspace's up to `reached` was among these; what lies between belongs to others.
    if (missed.length < batch && isAfter(reached, position)) position = reached;
  }
  return position;
}

/** Whether no transaction of this number has begun here: the cursor is of the database a backup was made of. */
function isUnborn(plane: ControlPlane, { xid }: Cursor): Promise<boolean> {
  return systemQuery(plane, async (tx) => {
    const { rows } = await sql<{
      unborn: boolean;
    }>`select ${xid}::xid8 >= pg_snapshot_xmax(pg_current_snapshot()) as unborn`.execute(tx);
    return rows[0]?.unborn === true;
  });
}

/** The database may have told what the hub had yet to hand out. */
function isKnown(frame: StreamFrame, position: Cursor | undefined): boolean {
  const cursor = frame.id === undefined ? undefined : parseCursor(frame.id);
  return cursor !== undefined && position !== undefined && !isAfter(cursor, position);
}
