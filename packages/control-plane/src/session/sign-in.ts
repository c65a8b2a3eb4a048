import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { change } from '../change.ts';
import { parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { type OpenedSession, openSession } from './open-session.ts';
import { isPassword } from './password.ts';
import { asRole, findAccount } from './session.queries.ts';
import { countAttempt, forgiveAttempts } from './sign-in-limits.ts';

/** Opens a session for the right e-mail and password; which of the two was wrong is told by neither words nor time. */
export async function signIn(plane: ControlPlane, caller: Caller, raw: unknown): Promise<OpenedSession> {
  const { email, password } = parseInput(api.sessions.signIn, raw);
  await countAttempt(plane, email, caller.address);
  const account = await systemQuery(plane, (tx) => findAccount(tx, email));
  const right = await isPassword(password, account?.passwordHash);
  if (!account || !right) return refuse(plane, caller, account);

  await forgiveAttempts(plane, email, caller.address);
  const { id, name, workspaceId, role } = account;
  return change(plane, { workspaceId, actor: { kind: 'person', id, name }, from: caller }, (context) =>
    openSession(context, { id, name, workspaceId, role: asRole(role) }, caller),
  );
}

/** The refusal leaves its event in a transaction of its own, which the refusal does not undo. */
async function refuse(
  plane: ControlPlane,
  caller: Caller,
  account: { id: string; name: string; workspaceId: string } | undefined,
): Promise<never> {
  if (account) {
    await change(plane, { workspaceId: account.workspaceId, job: 'sign-in', from: caller }, ({ record }) =>
      record({
        type: 'session-refused',
        subjectId: account.id,
        subjectName: account.name,
        detail: { address: caller.address, userAgent: caller.userAgent.slice(0, 300) },
      }),
    );
  }
  throw new Refusal('not-signed-in', 'No account has this e-mail and password');
}
