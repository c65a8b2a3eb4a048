import type { Actor } from '@clawster/contract/event';
import { type Author, authorOf, type From, originOf, type SignedIn } from './caller.ts';
import { recorder, type RecordEvent, type RecordEvents } from './event/recorder.ts';
import { afterCommit } from './after-commit.ts';
import type { ControlPlane } from './plane.ts';
import { inTransaction, type Tx } from './transaction.ts';

export type ChangeContext = { tx: Tx; record: RecordEvent; recordAll: RecordEvents };

/**
 * A mutation that no route stands for: of a loop or the link (`job`), of a bot, of someone who is just
 * being let in (`actor`) or who is signed in (`caller`), from where (`from`). Atomic and recorded like a command; with `workspaceId: 'all'` the transaction sees
 * all workspaces and each is told.
 */
export async function change<T>(
  plane: Pick<ControlPlane, 'db' | 'wake'>,
  by: { workspaceId: string } & ({ job: string } | { actor: Actor } | { caller: SignedIn }) & { from?: From },
  work: (context: ChangeContext) => Promise<T>,
): Promise<T> {
  const tenancy = by.workspaceId === 'all' ? ('system' as const) : { workspaceId: by.workspaceId };
  const author = authorIn(by);
  const { answer, types } = await inTransaction(plane, { tenancy }, async (tx) => {
    const { record, recordAll, finish } = recorder(tx, author, tenancy);
    return { answer: await work({ tx, record, recordAll }), types: await finish() };
  });
  afterCommit(plane, types);
  return answer;
}

function authorIn(by: ({ job: string } | { actor: Actor } | { caller: SignedIn }) & { from?: From }): Author {
  if ('caller' in by) return authorOf(by.caller);
  return {
    actor: 'actor' in by ? by.actor : { kind: 'system', job: by.job },
    ...(by.from ? { origin: originOf(by.from) } : {}),
  };
}

/** Keeps bookkeeping that is not a fact about the workspace (leases, heartbeats, last-used times), and so leaves no event. */
export function keep<T>(plane: Pick<ControlPlane, 'db'>, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(plane, { tenancy: 'system' }, work);
}
