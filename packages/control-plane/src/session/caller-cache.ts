import type { SignedIn } from '../caller.ts';
import { eventHubOf } from '../event/event-hub.ts';
import type { ControlPlane } from '../plane.ts';
import { outdatings } from './narrowings.ts';

/** Another replica's revocation is noticed after this long; one in this process at once. */
const keptMs = 1_000;
const keptMax = 10_000;

type Kept = { caller: SignedIn; until: number };
const callersByPlane = new WeakMap<ControlPlane['db'], Map<string, Kept>>();

/** The caller behind a credential, asked of the database at most once a second, and answered at once in between. */
export function cachedCaller(
  plane: ControlPlane,
  credential: string,
  find: () => Promise<SignedIn | undefined>,
): SignedIn | Promise<SignedIn | undefined> {
  const kept = callersOf(plane).get(credential);
  return kept && kept.until > performance.now() ? kept.caller : findAndKeep(plane, credential, find);
}

async function findAndKeep(
  plane: ControlPlane,
  credential: string,
  find: () => Promise<SignedIn | undefined>,
): Promise<SignedIn | undefined> {
  const callers = callersOf(plane);
  const caller = await find();
  // A revocation that ran meanwhile has replaced the map, so an outdated answer is not kept.
  if (!caller || callersOf(plane) !== callers) return caller;
  if (callers.size >= keptMax) callers.clear();
  callers.set(credential, { caller, until: performance.now() + keptMs });
  return caller;
}

/** Makes what is committed take effect at once. */
export function forgetCallers(plane: Pick<ControlPlane, 'db'>): void {
  callersByPlane.delete(plane.db);
}

function callersOf(plane: ControlPlane): Map<string, Kept> {
  let callers = callersByPlane.get(plane.db);
  if (!callers) {
    callersByPlane.set(plane.db, (callers = new Map()));
    watchOutdatings(plane);
  }
  return callers;
}

const watching = new WeakSet<ControlPlane['db']>();
/** What another replica committed; what ends a stream must be forgotten at the same moment, or it could be opened again. */
function watchOutdatings(plane: ControlPlane): void {
  if (watching.has(plane.db)) return;
  watching.add(plane.db);
  eventHubOf(plane).committed.add(outdatings, () => forgetCallers(plane));
}
