import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { change } from '../change.ts';
import type { NewEvent } from '../event/recorder.ts';
import { findOffer } from '../invitation/invitation.queries.ts';
import { joinByInvitation } from '../invitation/join-by-invitation.ts';
import { invitationRefused } from '../invitation/look-up-invitation.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { type OpenedSession, openSession } from './open-session.ts';
import type { Tx } from '../transaction.ts';
import { findHome, lockPerson } from './session.queries.ts';

export type Account = { id: string; name: string; email: string };
/** Who has proved who they are, the invitation they accept by it, and what else is to be told of it. */
export type Proved = {
  account: Account;
  invitationHash: Buffer | undefined;
  /** The hash of the passphrase that was proved; absent where another proof stood for it. */
  passwordHash?: string | null;
  told?: NewEvent;
};

/** Opens the session of someone who has proved who they are: in their workspace, or in the one they are invited to. */
export async function letIn(plane: ControlPlane, caller: Caller, proved: Proved): Promise<OpenedSession> {
  const { account, invitationHash, passwordHash, told } = proved;
  const { id, name } = account;
  const workspaceId = invitationHash ? await offeredBy(plane, invitationHash) : await homeOf(plane, id);
  return change(plane, { workspaceId, actor: { kind: 'person', id, name }, from: caller }, async (context) => {
    if (passwordHash !== undefined) await refuseChanged(context.tx, id, passwordHash);
    if (invitationHash) await joinByInvitation(context, invitationHash, account);
    if (told) await context.record(told);
    return openSession(context, { id, name, workspaceId }, caller);
  });
}

/**
 * Refuses a passphrase that was changed since it was looked at: whoever changes it closes all sessions, and none may be
 * opened right after that by the old one. Nobody changes it until the transaction ends.
 */
export async function refuseChanged(tx: Tx, personId: string, passwordHash: string | null): Promise<void> {
  await lockPerson(tx, personId);
  const now = await tx.selectFrom('person').select('passwordHash').where('id', '=', personId).executeTakeFirst();
  if (now?.passwordHash !== passwordHash)
    throw new Refusal('not-signed-in', 'The passphrase was changed at this very moment: sign in with the new one');
}

/** Tells that someone was not let in, in a transaction of its own, which the refusal does not undo. */
export async function tellRefused(plane: ControlPlane, caller: Caller, account: Account): Promise<void> {
  const detail = { address: caller.address, userAgent: caller.userAgent.slice(0, 300) };
  const event = { type: 'session-refused', subjectId: account.id, subjectName: account.name, detail } as const;
  await tellAtHome(plane, caller, { account, event });
}

/** Tells of someone who is not let in where they belong, in a transaction of its own. */
export async function tellAtHome(
  plane: ControlPlane,
  caller: Caller,
  { account, event }: { account: Account; event: NewEvent },
): Promise<void> {
  const home = await systemQuery(plane, (tx) => findHome(tx, account.id));
  if (!home) return;
  const { workspaceId } = home;
  await change(plane, { workspaceId, job: 'sign-in', from: caller }, ({ record }) => record(event));
}

async function homeOf(plane: ControlPlane, personId: string): Promise<string> {
  const home = await systemQuery(plane, (tx) => findHome(tx, personId));
  if (!home) throw new Refusal('forbidden', 'You belong to no workspace any more: ask for an invitation to one');
  return home.workspaceId;
}

async function offeredBy(plane: ControlPlane, invitationHash: Buffer): Promise<string> {
  const offer = await systemQuery(plane, (tx) => findOffer(tx, invitationHash));
  if (!offer) throw invitationRefused();
  return offer.workspaceId;
}
