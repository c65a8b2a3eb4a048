import type { GroupRole, IdentityProvider, SetIdentityProvider } from '@clawster/contract/sso';

/** The settings as a person writes them: lists in one line, an empty field for what is left out. */
export type ProviderValues = {
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  scopes: string;
  groupsClaim: string;
  groupRoles: GroupRole[];
  /** Empty: none. */
  defaultRole: string;
  emailDomains: string;
  makesAccounts: boolean;
};

/** What a workspace without a provider begins with. */
const start: Omit<IdentityProvider, 'id' | 'updatedAt'> = {
  name: '',
  issuer: '',
  clientId: '',
  scopes: ['openid', 'email', 'profile'],
  groupsClaim: 'groups',
  groupRoles: [],
  emailDomains: [],
  makesAccounts: true,
};

export function valuesOf(provider: IdentityProvider | undefined): ProviderValues {
  const { scopes, emailDomains, defaultRole = '', ...rest } = provider ?? start;
  return { ...rest, clientSecret: '', scopes: scopes.join(' '), emailDomains: emailDomains.join(' '), defaultRole };
}

export function settingsOf(values: ProviderValues): SetIdentityProvider {
  const { name, issuer, clientId, groupsClaim, makesAccounts } = values;
  const { clientSecret, defaultRole, scopes, emailDomains, groupRoles } = values;
  return {
    name,
    issuer,
    clientId,
    groupsClaim,
    makesAccounts,
    scopes: words(scopes),
    emailDomains: words(emailDomains),
    groupRoles: groupRoles.filter(({ group }) => group.trim()),
    ...(defaultRole ? { defaultRole } : {}),
    ...(clientSecret ? { clientSecret } : {}),
  };
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}
