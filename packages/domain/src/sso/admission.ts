import type { Role } from '@clawster/contract/permission';
import { type HeldRole, isWithin } from '../role/role.ts';

export type Member = HeldRole & { isDisabled: boolean };

/** What is known when a provider has said who somebody is. */
export type Arrival = {
  /** How people know the provider. */
  provider: string;
  emailDomains: readonly string[];
  makesAccounts: boolean;
  /** What who set the provider up could do then: it lets nobody in who may do more. */
  ceiling: HeldRole;
  /** What the provider says; an address that it does not call verified is nobody's. */
  email: string | undefined;
  isVerified: boolean;
  /** What the groups come to. */
  role: Role | undefined;
  /** The account that this very user of the provider was seen with before. */
  known: { member: Member | undefined } | undefined;
  /** The account with the address, when no account is known. */
  sameAddress: { member: Member | undefined; isAnothers: boolean } | undefined;
};

/** As a member who was seen before or for the first time, or as no member yet: with an account, or without. */
type Way = 'known' | 'links' | 'joins' | 'makes';
export type Admission = { how: Way; role: Role } | { how: 'refused'; why: string; endsSessions: boolean };

/**
 * Whether and as whom somebody comes in. An account is found by the provider's user alone; by an address only once, to
 * link the account of a member, and only if the provider vouches for an address in one of the workspace's domains.
 */
export function admissionOf(arrival: Arrival): Admission {
  const { known, role, provider, makesAccounts } = arrival;
  const member = (known ?? arrival.sameAddress)?.member;
  const why = (known ? undefined : whyNotByAddress(arrival)) ?? (member && whyNotAsMember(member, arrival));
  if (why) return refused(why);
  if (!role)
    return refused(
      `You are in none of the groups of ${provider} that are let in here: ask an owner or admin`,
      known?.member !== undefined,
    );
  if (!member && !makesAccounts)
    return refused('You are no member of this workspace: ask an owner or admin for an invitation');
  return { how: wayIn(known !== undefined, member !== undefined), role };
}

function wayIn(isKnown: boolean, isMember: boolean): Way {
  if (isMember) return isKnown ? 'known' : 'links';
  return isKnown ? 'joins' : 'makes';
}

function whyNotAsMember({ role, permissions, isDisabled }: Member, { ceiling }: Arrival): string | undefined {
  if (isDisabled) return 'Your access to this workspace was turned off: ask an owner or admin of it';
  if (!isWithin(permissions, ceiling.permissions))
    return `As ${role} you are not let in by a provider that an ${ceiling.role} set up: sign in with your passphrase`;
  return undefined;
}

function whyNotByAddress({ provider, email, isVerified, emailDomains, sameAddress }: Arrival): string | undefined {
  if (!email) return `${provider} tells no e-mail address of yours: ask its administrator to release it`;
  if (!isVerified) return `${provider} does not say that ${email} is verified: verify the address there first`;
  if (!emailDomains.includes(email.slice(email.lastIndexOf('@') + 1).toLowerCase()))
    return `Addresses such as ${email} are not let in here: ask an owner or admin to add the domain`;
  if (sameAddress?.isAnothers)
    return `The account of ${email} belongs to another user of ${provider}: ask an owner or admin to remove it first`;
  if (sameAddress && !sameAddress.member)
    return `There is an account for ${email} that is no member of this workspace: accept an invitation with it first`;
  return undefined;
}

function refused(why: string, endsSessions = false): Admission {
  return { how: 'refused', why, endsSessions };
}
