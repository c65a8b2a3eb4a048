import { type Membership, secondFactorDueAt } from '@clawster/domain/second-factor/due';
import type { From, MissingFactor, SignedIn } from '../caller.ts';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { asRequiredOf } from '../second-factor/requirement.queries.ts';
import { ifWritable } from '../system/database-mode.ts';
import { cachedCaller } from './caller-cache.ts';
import { accessIn, findOpenSession, touchSession } from './session.queries.ts';
import { sessionExpiresAt } from './session-times.ts';
import { hashToken } from './token.ts';

const touchedEveryMs = 60_000;

/** The person whose open session this token is, or undefined; at once when it was asked for within the last second. */
export function authenticateSession(
  plane: ControlPlane,
  token: string,
  from: From,
): SignedIn | Promise<SignedIn | undefined> {
  const caller = cachedCaller(plane, token, () => find(plane, token, from));
  return caller instanceof Promise ? caller.then((found) => found && { ...found, ...from }) : { ...caller, ...from };
}

async function find(plane: ControlPlane, token: string, from: From): Promise<SignedIn | undefined> {
  const session = await systemQuery(plane, (tx) => findOpenSession(tx, hashToken(token)));
  if (!session) return undefined;
  const access = accessIn(session);
  // A role that was given since may be one whose sessions end sooner.
  let expiresAt = sessionExpiresAt(access, session, session.lastSeenAt);
  if (expiresAt <= session.now) return undefined;
  if (session.now.getTime() - session.lastSeenAt.getTime() > touchedEveryMs) {
    expiresAt = sessionExpiresAt(access, session, session.now);
    const touched = { id: session.id, personId: session.personId, expiresAt };
    await ifWritable(plane, () => keep(plane, (tx) => touchSession(tx, touched)));
  }
  return {
    kind: 'person',
    id: session.personId,
    name: session.name,
    workspaceId: session.workspaceId,
    ...access,
    sessionId: session.id,
    goodForMs: expiresAt.getTime() - session.now.getTime(),
    ...missingFactorOf(session),
    ...from,
  };
}

type Facts = Omit<Membership, 'requiredOf'> & { requiredOf: string; hasFactor: boolean; now: Date };

function missingFactorOf({ hasFactor, now, requiredOf, ...membership }: Facts): { missingFactor?: MissingFactor } {
  const dueAt = hasFactor ? undefined : secondFactorDueAt({ ...membership, requiredOf: asRequiredOf(requiredOf) });
  return dueAt ? { missingFactor: { dueAt, leftMs: dueAt.getTime() - now.getTime() } } : {};
}
