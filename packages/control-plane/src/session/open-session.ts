import type { Identity } from '@clawster/contract/person';
import { Refusal } from '@clawster/domain/refusal';
import { permissionsOf } from '@clawster/domain/role/role';
import type { Caller, SignedIn } from '../caller.ts';
import type { ChangeContext } from '../change.ts';
import { databaseNow } from '../database-now.ts';
import { identityOf } from './identity.ts';
import { holdRole, insertSession } from './session.queries.ts';
import { sessionEndsAt, sessionExpiresAt } from './session-times.ts';
import { hashToken, newToken } from './token.ts';

/** A session just opened; `token` is in this answer and nowhere else. A browser keeps it until `endsAt`: how long it may lie unused is the server's to judge. */
export type OpenedSession = { identity: Identity; token: string; endsAt: Date };

/** Opens a session for someone who has proved who they are, and records it. */
export async function openSession(
  { tx, record }: ChangeContext,
  person: { id: string; name: string; workspaceId: string },
  from: Pick<Caller, 'address' | 'userAgent'> & { by?: 'sso' },
): Promise<OpenedSession> {
  const { workspaceId } = person;
  const role = await holdRole(tx, { workspaceId, personId: person.id });
  if (!role)
    throw new Refusal('forbidden', 'Your access to this workspace was turned off: ask an owner or admin of it');
  const now = await databaseNow(tx);
  const token = newToken();
  const sessionId = await insertSession(tx, {
    workspaceId,
    personId: person.id,
    tokenHash: hashToken(token),
    address: from.address,
    userAgent: from.userAgent.slice(0, 300),
    createdAt: now,
    expiresAt: sessionExpiresAt(role, now, now),
  });
  await record({
    type: 'session-opened',
    subjectId: sessionId,
    subjectName: person.name,
    detail: { address: from.address, ...(from.by ? { by: from.by } : {}) },
  });
  const caller: SignedIn = {
    kind: 'person',
    ...person,
    role,
    permissions: permissionsOf(role),
    sessionId,
    address: from.address,
    userAgent: from.userAgent,
  };
  return { identity: await identityOf(tx, caller), token, endsAt: sessionEndsAt(role, now) };
}
