import type { CommandContext } from '../command.ts';
import type { ChangeContext } from '../change.ts';
import type { NewEvent } from '../event/recorder.ts';
import { closeSessions } from '../person/end-access.ts';
import { lockPerson } from '../session/session.queries.ts';
import { inWorkspace } from '../workspace/in-workspace.ts';

/**
 * Closes all sessions of the person who asks but the one they ask with, here and in their `others`, and tells each
 * workspace by `told`. It is one transaction that holds the person: a session that moves between workspaces escapes it nowhere.
 */
export async function closeOtherSessions(
  context: Pick<CommandContext, 'tx' | 'caller' | 'record' | 'recordAll'>,
  others: readonly string[],
  told: NewEvent,
): Promise<void> {
  const { tx, caller } = context;
  const { id: personId, sessionId: keep } = caller;
  const close = async (there: ChangeContext, workspaceId: string) => {
    const sessions = await closeSessions(there, { workspaceId, personId, keep });
    await there.record({ ...told, detail: { ...told.detail, sessions } });
  };
  await lockPerson(tx, personId);
  await close(context, caller.workspaceId);
  for (const workspaceId of others)
    await inWorkspace(tx, { workspaceId, caller }, (there) => close(there, workspaceId));
}
