import { randomUUID } from 'node:crypto';
import { api } from '@clawster/contract/api';
import { violates } from '@clawster/database/violation';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { change } from '../change.ts';
import { parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { type OpenedSession, openSession } from '../session/open-session.ts';
import { hashPassword, refuseGuessable } from '../session/password.ts';
import { hashToken } from '../session/token.ts';
import { findOffer } from './invitation.queries.ts';
import { joinByInvitation } from './join-by-invitation.ts';
import { invitationRefused } from './look-up-invitation.ts';

/** Makes an account for the address that was invited, once: the link is used up with it. */
export async function acceptInvitation(plane: ControlPlane, caller: Caller, raw: unknown): Promise<OpenedSession> {
  const { token, name, password } = parseInput(api.invitations.accept, raw);
  const tokenHash = hashToken(token);
  // Before the costly hash, so that a stranger without the token cannot make the server work.
  const offer = await systemQuery(plane, (tx) => findOffer(tx, tokenHash));
  if (!offer) throw invitationRefused();
  const { workspaceId, workspaceName, email, hasAccount } = offer;
  if (hasAccount) throw accountExists(email);
  refuseGuessable(password, [name, email, workspaceName]);
  const passwordHash = await hashPassword(password);
  const person = { id: randomUUID(), name, email };

  return change(
    plane,
    { workspaceId, actor: { kind: 'person', id: person.id, name }, from: caller },
    async (context) => {
      await unlessAccountExists(email, () =>
        context.tx
          .insertInto('person')
          .values({ ...person, passwordHash })
          .execute(),
      );
      await joinByInvitation(context, tokenHash, person);
      return openSession(context, { id: person.id, name, workspaceId }, caller);
    },
  );
}

async function unlessAccountExists(email: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    if (violates(cause, 'person_email')) throw accountExists(email);
    throw cause;
  }
}

function accountExists(email: string): Refusal {
  return new Refusal('conflict', `There is an account for ${email} already: sign in with it to accept`);
}
