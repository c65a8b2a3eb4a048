import { randomUUID } from 'node:crypto';
import type { Role } from '@clawster/contract/permission';
import { violates } from '@clawster/database/violation';
import { Refusal } from '@clawster/domain/refusal';
import { type Admission, admissionOf } from '@clawster/domain/sso/admission';
import { roleBelow } from '@clawster/domain/sso/role-of-groups';
import type { Caller } from '../caller.ts';
import { change } from '../change.ts';
import { directoryOf } from '../directory/directory-of.ts';
import { closeSessions } from '../person/end-access.ts';
import { findMember } from '../person/lock-member.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { type OpenedSession, openSession } from '../session/open-session.ts';
import type { Tx } from '../transaction.ts';
import type { Claims } from './ask-claims.ts';
import { type Account, findByAddress, findByIdentity } from './identity.queries.ts';
import { bringIn } from './bring-in.ts';
import { definitionsOf } from './definitions-of.ts';
import type { StoredProvider } from './provider.queries.ts';

type Vouched = { stored: StoredProvider; claims: Claims };
/** The role that groups come to. */
type Come = { role: Role | undefined };
type Refused = Extract<Admission, { how: 'refused' }>;

/** Opens the session of whom the provider's claims name, making or linking their account where that is allowed. */
export async function letInByClaims(plane: ControlPlane, caller: Caller, vouched: Vouched): Promise<OpenedSession> {
  const { account, admission } = await systemQuery(plane, (tx) => seenAs(tx, vouched));
  if (admission.how === 'refused') {
    await tellRefused(plane, caller, { ...vouched, account, admission });
    throw new Refusal('forbidden', admission.why);
  }
  const person = account ?? newAccount(vouched.claims);
  const { workspaceId } = vouched.stored;
  const { id, name } = person;
  return unlessMeanwhile(() =>
    change(plane, { workspaceId, actor: { kind: 'person', id, name }, from: caller }, async (context) => {
      await bringIn(context, { ...vouched, person, admission });
      return openSession(context, { id, name, workspaceId }, { ...caller, by: 'sso' });
    }),
  );
}

/** Who they are by what is known now, and whether and as whom they come in. */
async function seenAs(tx: Tx, vouched: Vouched) {
  const { claims, stored } = vouched;
  // The address first: an account that another tab makes meanwhile has its identity by then, and is not called another's.
  const same = claims.email ? await findByAddress(tx, { ...claims, email: claims.email }) : undefined;
  const known = await findByIdentity(tx, claims);
  const account = known ?? same;
  const member = account && (await findMember(tx, stored.workspaceId, account.id));
  const { role } = (account && (await byDirectory(tx, stored, account.id))) ?? (await byClaims(tx, vouched));
  const admission = admissionOf({
    ...arrivalOf(vouched),
    role,
    known: known && { member },
    sameAddress: known || !same ? undefined : { member, isAnothers: same.isAnothers },
  });
  return { account, admission };
}

function arrivalOf({ stored, claims }: Vouched) {
  const { name, emailDomains, makesAccounts } = stored.provider;
  return {
    provider: name,
    emailDomains,
    makesAccounts,
    ceiling: stored.ceiling,
    email: claims.email,
    isVerified: claims.isVerified,
  };
}

/** What the groups of the directory come to, for whom it decides over; it knows better than a claim, which may be hours old. */
async function byDirectory(tx: Tx, { workspaceId }: StoredProvider, personId: string): Promise<Come | undefined> {
  const known = await directoryOf(tx, { workspaceId, personId });
  return known?.followsGroups ? { role: known.role } : undefined;
}

/** What the groups come to that the provider tells. */
async function byClaims(tx: Tx, { stored: { workspaceId, provider, ceiling }, claims }: Vouched): Promise<Come> {
  const definitions = await definitionsOf(tx, workspaceId, provider);
  return { role: roleBelow({ rule: provider, definitions, ceilings: [ceiling] }, claims.groups) };
}

function newAccount({ name, email }: Claims): Account {
  return { id: randomUUID(), name: name ?? email?.split('@')[0]?.slice(0, 80) ?? 'Somebody' };
}

/** In a transaction of its own, which the refusal does not undo. Who lost their last group loses their open sessions too. */
async function tellRefused(
  plane: ControlPlane,
  caller: Caller,
  { stored, claims, account, admission }: Vouched & { account: Account | undefined; admission: Refused },
): Promise<void> {
  const { workspaceId, provider } = stored;
  await change(plane, { workspaceId, job: 'sign-in', from: caller }, async (context) => {
    const sessions =
      account && admission.endsSessions ? await closeSessions(context, { workspaceId, personId: account.id }) : 0;
    await context.record({
      type: 'session-refused',
      ...(account ? { subjectId: account.id } : {}),
      subjectName: account?.name ?? claims.email ?? claims.subject.slice(0, 80),
      detail: { by: 'sso', provider: provider.name, reason: admission.why, sessions, address: caller.address },
    });
  });
}

/** Two who come in for the first time at once, or somebody who takes the address meanwhile. */
async function unlessMeanwhile<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    const names = ['person_identity_pkey', 'person_email', 'membership_pkey'];
    if (!names.some((name) => violates(cause, name))) throw cause;
    throw new Refusal('conflict', 'Your account was made or changed at this very moment: sign in again', { cause });
  }
}
