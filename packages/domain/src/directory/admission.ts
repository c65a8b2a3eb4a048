import type { Member } from '../sso/admission.ts';
import { isWithin, type HeldRole } from '../role/role.ts';

/** What is known when a directory brings somebody in. */
export type Coming = {
  /** How people know the directory. */
  directory: string;
  email: string | undefined;
  emailDomains: readonly string[];
  /** What who connected the directory, and who set up single sign-on, could do then. */
  ceilings: readonly HeldRole[];
  /** The account with the address. */
  sameAddress: { member: Member | undefined; isItsUser: boolean } | undefined;
};

/** Why somebody is not brought in: the same rules as of single sign-on, where an address counts once and for a member alone. */
export function whyNotBringIn({ directory, email, emailDomains, ceilings, sameAddress }: Coming): string | undefined {
  const why = whyNotAddress(email, emailDomains);
  if (why || !sameAddress) return why;
  const { member, isItsUser } = sameAddress;
  if (isItsUser) return `The account of ${email} is another user of ${directory} already: give each their own address`;
  if (!member)
    return `There is an account for ${email} that is no member of this workspace: invite them, and assign them again when they have accepted`;
  if (member.isDisabled) return `${email} was disabled in Clawster: enable them there first`;
  return whyNotDecide(directory, member, ceilings);
}

/** Why an address is nobody's here. */
export function whyNotAddress(email: string | undefined, emailDomains: readonly string[]): string | undefined {
  if (!email) return 'Send an e-mail address, as emails or as userName';
  if (!emailDomains.includes(email.slice(email.lastIndexOf('@') + 1)))
    return `Addresses such as ${email} are not let in here: add the domain under Settings, Single sign-on`;
  return undefined;
}

/** Why a directory does not decide over a member. */
export function whyNotDecide(directory: string, member: HeldRole, ceilings: readonly HeldRole[]): string | undefined {
  const below = ceilings.find(({ permissions }) => !isWithin(member.permissions, permissions));
  return (
    below &&
    `${directory} cannot decide over the role ${member.role}, which may do more than the ${below.role} who set it up: have one who has that role set it up`
  );
}
