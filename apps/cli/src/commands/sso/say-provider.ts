import type { IdentityProvider } from '@clawster/contract/sso';

/** A provider's settings, a line each. */
export function sayProvider(provider: IdentityProvider): string[] {
  const { name, issuer, clientId, scopes, groupsClaim, groupRoles, defaultRole, emailDomains, makesAccounts } =
    provider;
  return [
    `${name}: ${issuer}, client ${clientId}, scopes ${scopes.join(' ')}`,
    `Groups, of the claim ${groupsClaim}: ${groupRoles.map(({ group, role }) => `${group} is ${role}`).join(', ') || 'none'}`,
    `Everyone else: ${defaultRole ?? 'not let in'}`,
    `E-mail domains: ${emailDomains.join(', ')}`,
    `Who comes for the first time: ${makesAccounts ? 'gets an account' : 'must be a member already'}`,
  ];
}
