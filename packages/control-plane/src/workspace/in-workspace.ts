import { sql } from 'kysely';
import { type Author, authorOf, type SignedIn } from '../caller.ts';
import type { ChangeContext } from '../change.ts';
import { recorder } from '../event/recorder.ts';
import type { Tx } from '../transaction.ts';

/** Does a part of a caller's change in another workspace: it sees and changes that one alone and is recorded there, in the same transaction. */
export function inWorkspace<T>(
  tx: Tx,
  { workspaceId, caller }: { workspaceId: string; caller: SignedIn },
  work: (context: ChangeContext) => Promise<T>,
): Promise<T> {
  return inWorkspaceAs(tx, { workspaceId, author: authorOf(caller), backTo: caller.workspaceId }, work);
}

/** The same for an author who is signed in nowhere; `backTo` is the workspace of the transaction. */
export async function inWorkspaceAs<T>(
  tx: Tx,
  { workspaceId, author, backTo }: { workspaceId: string; author: Author; backTo: string },
  work: (context: ChangeContext) => Promise<T>,
): Promise<T> {
  await enter(tx, workspaceId);
  const { record, recordAll, finish } = recorder(tx, author, { workspaceId });
  const answer = await work({ tx, record, recordAll });
  await finish();
  await enter(tx, backTo);
  return answer;
}

async function enter(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select set_config('clawster.workspace_id', ${workspaceId}, true)`.execute(tx);
}
