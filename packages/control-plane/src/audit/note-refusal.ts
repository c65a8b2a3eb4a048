import type { Actor } from '@clawster/contract/event';
import type { From, SignedIn } from '../caller.ts';
import { change } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { readOnlyReason } from '../system/database-mode.ts';

/** What was asked, by the route's pattern, and why it was not let through. */
export type RefusedAsk = { method: string; route: string; sentence: string };
type Plane = Pick<ControlPlane, 'db' | 'wake' | 'log'>;
/** Who was refused, by id, and as what that is told. */
export type RefusedBy = { id: string; workspaceId: string } & ({ caller: SignedIn } | { actor: Actor; from: From });
type Noted = { by: RefusedBy; asked: RefusedAsk; again: number };

export type NoteRefusal = (by: RefusedBy, asked: RefusedAsk) => void;

const gatherMsUsual = 60_000;
/** So many different ones at once are an attack on this table. */
const notedMax = 2_000;

/**
 * Records that someone who is known was refused for want of a permission: the first time at once, what follows
 * within a minute as one event with its number, so that no flood of them fills the trail. Nobody waits for it.
 */
export function refusalNotes(plane: Plane, gatherMs = gatherMsUsual): NoteRefusal {
  const notes = new Map<string, Noted>();
  return (by, asked) => {
    const key = `${by.id} ${asked.method} ${asked.route}`;
    const before = notes.get(key);
    if (before) {
      before.again += 1;
      return;
    }
    if (notes.size >= notedMax) return;
    const noted: Noted = { by, asked, again: 0 };
    notes.set(key, noted);
    setTimeout(() => {
      notes.delete(key);
      if (noted.again > 0) record(plane, noted, noted.again);
    }, gatherMs).unref();
    record(plane, noted, 1);
  };
}

function record(plane: Plane, { by, asked }: Noted, count: number): void {
  if (readOnlyReason(plane)) return;
  change(plane, by, ({ record: tell }) =>
    tell({ type: 'request-refused', subjectName: `${asked.method} ${asked.route}`, detail: { ...asked, count } }),
  ).catch((error: unknown) => plane.log('warn', 'A refusal could not be recorded', { error: String(error), ...asked }));
}
