import { setTimeout as sleep } from 'node:timers/promises';
import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { change } from '../change.ts';
import { parseInput } from '../enter.ts';
import { findOffer } from '../invitation/invitation.queries.ts';
import { joinByInvitation } from '../invitation/join-by-invitation.ts';
import { invitationRefused } from '../invitation/look-up-invitation.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { type OpenedSession, openSession } from './open-session.ts';
import { isPassword } from './password.ts';
import { findAccount, findHome } from './session.queries.ts';
import { countAttempt, forgiveAttempts } from './sign-in-limits.ts';
import { hashToken } from './token.ts';

type Account = { id: string; name: string; email: string };
/** A refusal takes at least as long, so that the event it leaves for an account that exists is not told by the time. */
const refusedAfterMs = 200;

/**
 * Opens a session for the right e-mail and password; which of the two was wrong is told by neither words nor time.
 * With an invitation to this address, its workspace is joined by it.
 */
export async function signIn(plane: ControlPlane, caller: Caller, raw: unknown): Promise<OpenedSession> {
  const { email, password, invitation } = parseInput(api.sessions.signIn, raw);
  const notBefore = sleep(refusedAfterMs);
  await countAttempt(plane, email, caller.address);
  const account = await systemQuery(plane, (tx) => findAccount(tx, email));
  const right = await isPassword(password, account?.passwordHash);
  if (!account || !right) {
    if (account) await tellRefused(plane, caller, account);
    await notBefore;
    throw new Refusal('not-signed-in', 'No account has this e-mail and password');
  }
  await forgiveAttempts(plane, email, caller.address);
  return invitation === undefined
    ? enterHome(plane, caller, account)
    : enterByInvitation(plane, caller, { account, tokenHash: hashToken(invitation) });
}

async function enterHome(plane: ControlPlane, caller: Caller, { id, name }: Account): Promise<OpenedSession> {
  const home = await systemQuery(plane, (tx) => findHome(tx, id));
  if (!home) throw new Refusal('forbidden', 'You belong to no workspace any more: ask for an invitation to one');
  const { workspaceId } = home;
  return change(plane, { workspaceId, actor: { kind: 'person', id, name } }, (context) =>
    openSession(context, { id, name, workspaceId }, caller),
  );
}

async function enterByInvitation(
  plane: ControlPlane,
  caller: Caller,
  { account, tokenHash }: { account: Account; tokenHash: Buffer },
): Promise<OpenedSession> {
  const offer = await systemQuery(plane, (tx) => findOffer(tx, tokenHash));
  if (!offer) throw invitationRefused();
  const { id, name } = account;
  const { workspaceId } = offer;
  return change(plane, { workspaceId, actor: { kind: 'person', id, name } }, async (context) => {
    await joinByInvitation(context, tokenHash, account);
    return openSession(context, { id, name, workspaceId }, caller);
  });
}

/** Told in a transaction of its own, which the refusal does not undo. */
async function tellRefused(plane: ControlPlane, caller: Caller, account: Account): Promise<void> {
  const home = await systemQuery(plane, (tx) => findHome(tx, account.id));
  if (!home) return;
  await change(plane, { workspaceId: home.workspaceId, job: 'sign-in' }, ({ record }) =>
    record({
      type: 'session-refused',
      subjectId: account.id,
      subjectName: account.name,
      detail: { address: caller.address, userAgent: caller.userAgent.slice(0, 300) },
    }),
  );
}
