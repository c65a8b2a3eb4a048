import type { ChannelCredentials } from '@clawster/contract/channel';
import type { ChannelKind } from '@clawster/contract/channel-settings';
import { channelFacts, type CredentialField, credentialFields } from '@clawster/domain/channel/kinds';

/** A credential as someone gives it: typed, or a secret that is kept already. */
export type GivenCredential = { by: 'value' | 'secret'; value: string; secretId: string };
export type CredentialDraft = Partial<Record<CredentialField, GivenCredential>>;

export const notGiven: GivenCredential = { by: 'value', value: '', secretId: '' };

/** What is wrong with the looks of a field, while it is typed; nothing is wrong with an empty one yet. */
export function whyNotField(kind: ChannelKind, field: CredentialField, draft: CredentialDraft): string | undefined {
  const { by, value } = draft[field] ?? notGiven;
  const { name, credentials } = channelFacts[kind];
  const looks = credentials[field];
  if (by === 'secret' || value.trim() === '' || !looks || looks.pattern.test(value.trim())) return undefined;
  return `This is not a ${looks.label.toLowerCase()} of ${name}. ${looks.hint}`;
}

/** What is missing or wrong before a service can be asked. */
export function whyNotGiven(kind: ChannelKind, draft: CredentialDraft): string | undefined {
  for (const field of credentialFields(kind)) {
    const { by, value, secretId } = draft[field] ?? notGiven;
    const label = channelFacts[kind].credentials[field]?.label.toLowerCase() ?? field;
    if (by === 'secret' && secretId === '') return `Choose the secret that is the ${label}`;
    if (by === 'value' && value.trim() === '') return `Enter the ${label}`;
    const wrong = whyNotField(kind, field, draft);
    if (wrong) return wrong;
  }
  return undefined;
}

/** The credentials as the API takes them. */
export function credentialsOf(kind: ChannelKind, draft: CredentialDraft): ChannelCredentials {
  return Object.fromEntries(
    credentialFields(kind).map((field) => {
      const { by, value, secretId } = draft[field] ?? notGiven;
      return [field, by === 'secret' ? { secretId } : { value: value.trim() }];
    }),
  );
}
