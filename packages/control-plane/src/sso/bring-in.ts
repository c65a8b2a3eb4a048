import { whyNotEndOwner } from '@clawster/domain/person/manage';
import type { Admission } from '@clawster/domain/sso/admission';
import type { Role } from '@clawster/contract/permission';
import { Refusal } from '@clawster/domain/refusal';
import { isWithin } from '@clawster/domain/role/role';
import type { ChangeContext } from '../change.ts';
import { giveRole } from '../person/give-role.ts';
import { lockMember } from '../person/lock-member.ts';
import type { Claims } from './ask-claims.ts';
import { type Account, insertIdentity } from './identity.queries.ts';
import type { StoredProvider } from './provider.queries.ts';

type Coming = {
  stored: StoredProvider;
  claims: Claims;
  person: Account;
  admission: Exclude<Admission, { how: 'refused' }>;
};

/** Makes whoever comes in what they are by the provider: an account, its link, a membership, and the role of the groups. */
export async function bringIn(context: ChangeContext, coming: Coming): Promise<void> {
  const { how, role } = coming.admission;
  if (how === 'makes') await makeAccount(context, coming);
  if (how === 'makes' || how === 'links') await link(context, coming);
  if (how === 'makes' || how === 'joins') await join(context, coming);
  else await followGroups(context, coming, role);
}

async function makeAccount({ tx }: ChangeContext, { person, claims: { email } }: Coming): Promise<void> {
  // Admitted only with an address.
  if (!email) throw new Error('An account without an address');
  await tx
    .insertInto('person')
    .values({ ...person, email, passwordHash: null })
    .execute();
}

async function link({ tx, record }: ChangeContext, { person, claims, stored }: Coming): Promise<void> {
  await insertIdentity(tx, { issuer: claims.issuer, subject: claims.subject, personId: person.id });
  await record({
    type: 'person-identity-linked',
    subjectId: person.id,
    subjectName: person.name,
    detail: { provider: stored.provider.name, issuer: claims.issuer },
  });
}

async function join({ tx, record }: ChangeContext, { person, admission: { role }, stored }: Coming): Promise<void> {
  await tx.insertInto('membership').values({ workspaceId: stored.workspaceId, personId: person.id, role }).execute();
  await record({
    type: 'person-joined',
    subjectId: person.id,
    subjectName: person.name,
    detail: { role, provider: stored.provider.name },
  });
}

/** Gives a member the role of their groups; the last owner keeps theirs, or nobody could decide over anything. */
async function followGroups(context: ChangeContext, { stored, person }: Coming, role: Role): Promise<void> {
  const { workspaceId, ceiling, provider } = stored;
  const member = await lockMember(context.tx, workspaceId, person.id);
  // Somebody may have decided over them since they were looked up.
  if (!member || member.isDisabled || !isWithin(member.permissions, ceiling.permissions))
    throw new Refusal('conflict', 'Your membership was changed at this very moment: sign in again');
  if (member.role === role || whyNotEndOwner(member, member.ownersInForce)) return;
  await giveRole(context, { workspaceId, member, role, told: { by: 'sso', provider: provider.name } });
}
