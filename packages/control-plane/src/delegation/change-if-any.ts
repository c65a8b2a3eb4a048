import type { Actor } from '@clawster/contract/event';
import { afterCommit } from '../after-commit.ts';
import { recorder } from '../event/recorder.ts';
import type { ControlPlane } from '../plane.ts';
import { inTransaction } from '../transaction.ts';
import type { AskContext } from './ask.ts';

/** A change of what may have been changed before: where nothing comes of it, nothing is recorded. `later` is done after the commit, and waited for by nobody. */
export async function changeIfAny<T>(
  plane: ControlPlane,
  { workspaceId, actor }: { workspaceId: string; actor: Actor },
  work: (context: Required<AskContext>) => Promise<T>,
): Promise<T> {
  const later: (() => Promise<unknown>)[] = [];
  const tenancy = { workspaceId };
  const { answer, types } = await inTransaction(plane, { tenancy }, async (tx) => {
    const told = recorder(tx, { actor }, tenancy);
    let isRecorded = false;
    const recordAll: typeof told.recordAll = (events) => {
      isRecorded = true;
      return told.recordAll(events);
    };
    const context = { tx, plane, recordAll, record: (event) => recordAll([event]) } satisfies AskContext;
    const answer = await work({ ...context, later: (each) => void later.push(each) });
    return { answer, types: isRecorded ? await told.finish() : new Set<never>() };
  });
  afterCommit(plane, types);
  // Each of them the loop does, too, where it fails here.
  for (const each of later) void each().catch(() => undefined);
  return answer;
}
