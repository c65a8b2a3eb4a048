import type { Identity } from '@clawster/contract/person';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller, SignedIn } from '../caller.ts';
import type { ChangeContext } from '../change.ts';
import { databaseNow } from '../database-now.ts';
import { endResets } from '../password-reset/password-reset.queries.ts';
import { identityOf } from './identity.ts';
import { holdAccess, insertSession } from './session.queries.ts';
import { type Beginning, sessionEndsAt, sessionExpiresAt } from './session-times.ts';
import { hashToken, newToken } from './token.ts';

/** A session just opened; `token` is in this answer and nowhere else. A browser keeps it until `endsAt`: how long it may lie unused is the server's to judge. */
export type OpenedSession = { identity: Identity; token: string; endsAt: Date };

/** Whose session is opened where, and how the one began that it follows, if it does. */
type Opening = { id: string; name: string; workspaceId: string; followed?: Beginning };

/** Opens a session for someone who has proved who they are, and records it. */
export async function openSession(
  { tx, record }: ChangeContext,
  { followed, ...person }: Opening,
  from: Pick<Caller, 'address' | 'userAgent'> & { by?: 'sso' },
): Promise<OpenedSession> {
  const { workspaceId } = person;
  const access = await holdAccess(tx, { workspaceId, personId: person.id });
  if (!access)
    throw new Refusal('forbidden', 'Your access to this workspace was turned off: ask an owner or admin of it');
  const now = await databaseNow(tx);
  const began = followed ?? { createdAt: now, endsAt: null };
  const endsAt = sessionEndsAt(access, began);
  if (endsAt <= now)
    throw new Refusal('forbidden', 'You signed in too long ago for this workspace: sign out, and in again');
  const token = newToken();
  const sessionId = await insertSession(tx, {
    workspaceId,
    personId: person.id,
    tokenHash: hashToken(token),
    address: from.address,
    userAgent: from.userAgent.slice(0, 300),
    ...began,
    lastSeenAt: now,
    bySso: from.by === 'sso',
    expiresAt: sessionExpiresAt(access, began, now),
  });
  await endResets(tx, person.id);
  await record({
    type: 'session-opened',
    subjectId: sessionId,
    subjectName: person.name,
    detail: { address: from.address, ...(from.by ? { by: from.by } : {}) },
  });
  const caller: SignedIn = {
    kind: 'person',
    ...person,
    ...access,
    sessionId,
    address: from.address,
    userAgent: from.userAgent,
  };
  return { identity: await identityOf(tx, caller), token, endsAt };
}
