import type { Copy } from '@clawster/link/copy';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { getInstallation } from './installation.queries.ts';

/** What people read on a bot that obeys a newer copy. */
export const obeysNewer = 'Its host obeys a newer copy of this Clawster';
export const obeysAnother = 'Its host obeys another Clawster';

/** Notes that a newer copy of this installation was seen at work. From then on this one, all its replicas, takes no step. */
export async function noteOvertaken(plane: ControlPlane, by: Copy): Promise<void> {
  const noted = await keep(plane, (tx) =>
    tx
      .updateTable('installation')
      .set({ overtakenBy: by.epoch })
      .where('id', '=', by.id)
      .where('epoch', '<', by.epoch)
      .where((where) => where.or([where('overtakenBy', 'is', null), where('overtakenBy', '<', by.epoch)]))
      .returning('epoch')
      .executeTakeFirst(),
  );
  lately.delete(plane.db);
  if (noted) plane.log('warn', sentenceFor({ epoch: noted.epoch, overtakenBy: by.epoch }));
}

const memoMs = 1_000;
const lately = new WeakMap<ControlPlane['db'], { atMs: number; answer: Promise<string | undefined> }>();

/** Why this server acts no more, in a sentence, or undefined while it does. Anyone may ask, so the database is asked once in a second. */
export function whyOvertaken({ db }: Pick<ControlPlane, 'db'>): Promise<string | undefined> {
  const before = lately.get(db);
  if (before && performance.now() - before.atMs < memoMs) return before.answer;
  const answer = askOvertaken({ db });
  lately.set(db, { atMs: performance.now(), answer });
  answer.catch(() => lately.delete(db));
  return answer;
}

async function askOvertaken(plane: Pick<ControlPlane, 'db'>): Promise<string | undefined> {
  const { epoch, overtakenBy } = await systemQuery(plane, getInstallation);
  return overtakenBy === null ? undefined : sentenceFor({ epoch, overtakenBy });
}

/** A pass that a copy does no more once a newer one is at work, since it touches what bots keep. */
export function unlessOvertaken<Signal>(pass: (plane: ControlPlane, signal: Signal) => Promise<void>): typeof pass {
  return async (plane, signal) => {
    if (!(await askOvertaken(plane))) await pass(plane, signal);
  };
}

function sentenceFor({ epoch, overtakenBy }: { epoch: number; overtakenBy: number }): string {
  return `A newer copy of this Clawster, restored from a backup, is at work (its epoch is ${overtakenBy}, this one's ${epoch}): this one starts and stops no bots any more. Use the newer one, and stop this`;
}
