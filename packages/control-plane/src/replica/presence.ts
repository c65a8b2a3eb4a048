import type { ControlPlane } from '../plane.ts';
import type { Replica } from './replica.queries.ts';

type Presence = { others: Replica[]; databaseTimeMs: number; readAtMs: number };
const presences = new WeakMap<ControlPlane['db'], Presence>();

/** Keeps what the last beat has shown, for what must not wait for the database. */
export function rememberBeat(plane: Pick<ControlPlane, 'db'>, seen: { others: Replica[]; at: Date }): void {
  presences.set(plane.db, { others: seen.others, databaseTimeMs: seen.at.getTime(), readAtMs: performance.now() });
}

/** The other replicas that lived at the last beat. */
export function knownReplicas(plane: Pick<ControlPlane, 'db'>): Replica[] {
  return presences.get(plane.db)?.others ?? [];
}

/** The database's time, carried on by a clock nobody sets: alike on all replicas, whatever their hosts' clocks say. */
export function sharedTimeMs(plane: Pick<ControlPlane, 'db'>): number {
  const presence = presences.get(plane.db);
  if (!presence) throw new Error('The replica has not said yet that it lives');
  return presence.databaseTimeMs + performance.now() - presence.readAtMs;
}
