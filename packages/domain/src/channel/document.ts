import type { ChannelKind, ChannelSettings } from '@clawster/contract/channel-settings';
import type { Document, Json } from '@clawster/contract/document';
import { placeholder } from '../config/baseline.ts';
import { channelFacts, credentialFields, type CredentialField } from './kinds.ts';

/** The id under which OpenClaw asks the supervisor's resolver for a channel's credential. */
export function channelSecretId(kind: ChannelKind, field: CredentialField): string {
  return `${kind}-${field}`;
}

/** Where OpenClaw names the places among many in which a bot answers. */
const groupsKey: Record<ChannelKind, string> = {
  telegram: 'groups',
  slack: 'channels',
  discord: 'guilds',
  whatsapp: 'groups',
};

/**
 * A channel in OpenClaw's words: credentials as references, never as values. Nobody can change it from within a chat.
 * Facts of the real OpenClaw 2026.9.6: `open` wants the sender `*`; a place that is not named is not answered in.
 */
export function channelDocument(kind: ChannelKind, settings: ChannelSettings): Document {
  const { dmPolicy, groupPolicy, requireMention } = settings;
  return {
    enabled: true,
    configWrites: false,
    ...credentialRefs(kind),
    dmPolicy,
    allowFrom: dmPolicy === 'open' ? ['*'] : settings.allowFrom,
    groupPolicy,
    [groupsKey[kind]]: groupsOf(settings),
    ...(kind === 'slack' ? { mode: 'socket', requireMention } : {}),
    // Where the supervisor puts the real token in: the one that the reference resolves to is good there alone.
    ...(kind === 'telegram' ? { apiRoot: placeholder.telegramUrl } : {}),
  };
}

function credentialRefs(kind: ChannelKind): Document {
  return Object.fromEntries(
    credentialFields(kind).map((field) => [
      channelFacts[kind].credentials[field]?.key as string,
      { source: 'exec', provider: 'clawster', id: channelSecretId(kind, field) },
    ]),
  );
}

function groupsOf({ groupPolicy, groups, requireMention }: ChannelSettings): Json {
  if (groupPolicy === 'disabled') return {};
  const named = groupPolicy === 'open' ? ['*', ...groups] : groups;
  return Object.fromEntries(named.map((id) => [id, { requireMention }]));
}
