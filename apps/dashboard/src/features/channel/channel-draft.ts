import { ChannelName, type CreateChannel } from '@clawster/contract/channel';
import { type ChannelKind, ChannelSettings } from '@clawster/contract/channel-settings';
import { type CredentialDraft, credentialsOf, whyNotGiven } from './credential-draft.ts';

/** What was said of a channel to be added so far. */
export type ChannelDraft = {
  kind: ChannelKind;
  name: string;
  credentials: CredentialDraft;
  settings: ChannelSettings;
};

export type Step = 'kind' | 'account' | 'rules';
export const titles: Record<Step, string> = {
  kind: 'Step 1 of 3: where people write',
  account: 'Step 2 of 3: the account',
  rules: 'Step 3 of 3: who may write to its bots',
};

export function emptyDraft(): ChannelDraft {
  return { kind: 'telegram', name: '', credentials: {}, settings: ChannelSettings.parse({}) };
}

/** What is wrong with a Bot API server's address; nothing with none. */
export function whyNotApiRoot(address: string | undefined): string | undefined {
  return ChannelSettings.shape.apiRoot.safeParse(address).error?.issues[0]?.message;
}

/** What keeps the account from being tested and saved. */
export function whyNotNext({ kind, name, credentials, settings }: ChannelDraft): string | undefined {
  return (
    ChannelName.safeParse(name).error?.issues[0]?.message ??
    whyNotGiven(kind, credentials) ??
    whyNotApiRoot(settings.apiRoot)
  );
}

/** The request that adds the channel. */
export function requestOf({ kind, name, credentials, settings }: ChannelDraft): CreateChannel {
  return { kind, name: name.trim(), settings, credentials: credentialsOf(kind, credentials) };
}
