import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { change, keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import { isNews, keepLooked, takeOver } from './keep-looked.ts';
import { lookAtSource } from './look-at-source.ts';

const job = 'follow-sources';
/** Stores limit how often they are asked. */
const atOnceMax = 5;
const takenMax = 50;

type Due = { id: string; workspaceId: string };

/** Reads the sources that are due: a value that is another one there begins a rotation by itself. */
export async function followSources(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  let due: Due[];
  do {
    due = await keep(plane, takeDue);
    const waiting = due.values();
    const follower = async () => {
      for (const one of waiting) if (!signal.aborted) await follow(plane, one).catch(logged(plane, one));
    };
    await Promise.all(Array.from({ length: atOnceMax }, follower));
  } while (due.length === takenMax && !signal.aborted);
}

async function follow(plane: ControlPlane, { id: secretId, workspaceId }: Due): Promise<void> {
  const looked = await lookAtSource(plane, { workspaceId, secretId });
  if (!isNews(looked)) return keep(plane, (tx) => keepLooked(tx, looked));
  const author = { kind: 'system', job } as const;
  await change(plane, { workspaceId, job }, ({ tx, record }) =>
    takeOver({ tx, record, plane }, looked, { author, asked: false }),
  );
}

/** One that cannot be followed holds up no other; what someone changed meanwhile is looked at the next time. */
function logged(plane: ControlPlane, { id }: Due) {
  return (error: unknown) => {
    if (error instanceof Refusal) return;
    plane.log('error', 'The source of a secret could not be followed', { secretId: id, error });
  };
}

/** Takes those that are due, so that no two replicas ask the same; one that is being rotated waits. */
function takeDue(tx: Tx): Promise<Due[]> {
  return tx
    .with('due', (due) =>
      due
        .selectFrom('namedSecret')
        .select('id')
        .where('source', 'is not', null)
        .where('deletedAt', 'is', null)
        .where('sourceDueAt', '<=', sql<Date>`now()`)
        .where(
          sql<boolean>`not exists (select from rotation where rotation.secret_id = named_secret.id and ended_at is null)`,
        )
        .orderBy('sourceDueAt')
        .limit(takenMax)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('namedSecret')
    .set({ sourceDueAt: sql<Date>`now() + make_interval(mins => 5)` })
    .where('id', 'in', (query) => query.selectFrom('due').select('id'))
    .returning(['id', 'workspaceId'])
    .execute();
}
