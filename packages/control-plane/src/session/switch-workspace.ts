import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller, SignedIn } from '../caller.ts';
import { change } from '../change.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import { inWorkspace } from '../workspace/in-workspace.ts';
import { type OpenedSession, openSession } from './open-session.ts';
import { holdAccess, leaveSession, lockPerson } from './session.queries.ts';
import { type Beginning, sessionEndsAt } from './session-times.ts';

const route = api.sessions.switch;

/**
 * Opens a session in another workspace of the person who asks, in place of the one they came with. It began when they
 * signed in, and ends no later than that one would have: going back and forth keeps nobody signed in.
 */
export async function switchWorkspace(plane: ControlPlane, asking: Caller, raw: unknown): Promise<OpenedSession> {
  const caller = admit(route, asking);
  const { workspaceId } = parseInput(route, raw);
  const { id, name, sessionId } = caller;
  if (!sessionId)
    throw new Refusal('refused', 'An API key belongs to one workspace: use one that was made in the other');
  if (workspaceId === caller.workspaceId) throw new Refusal('conflict', 'You are in this workspace already');
  return change(plane, { workspaceId: caller.workspaceId, caller }, async ({ tx, record }) => {
    const followed = await leave(tx, caller, sessionId);
    // Where they went is not for this workspace to know.
    await record({ type: 'session-closed', subjectId: sessionId, subjectName: name, detail: { reason: 'switched' } });
    return inWorkspace(tx, { workspaceId, caller }, async (there) => {
      if (!(await holdAccess(tx, { workspaceId, personId: id })))
        throw new Refusal('not-found', 'You belong to no workspace with this id');
      return openSession(there, { id, name, workspaceId, followed }, caller);
    });
  });
}

/** Closes the session they came with; of two who leave it at once, the second finds it closed. */
async function leave(tx: Tx, { id: personId, workspaceId }: SignedIn, sessionId: string): Promise<Beginning> {
  await lockPerson(tx, personId);
  const access = await holdAccess(tx, { workspaceId, personId });
  const left = access && (await leaveSession(tx, sessionId, personId));
  if (!left) throw new Refusal('not-signed-in', 'This session was closed: sign in again');
  if (left.bySso)
    throw new Refusal(
      'forbidden',
      "You signed in at this workspace's identity provider, which speaks for no other workspace: sign out, and sign in to the other",
    );
  return { createdAt: left.createdAt, endsAt: sessionEndsAt(access, left) };
}
