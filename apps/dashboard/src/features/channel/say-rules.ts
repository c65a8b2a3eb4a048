import type { ChannelKind, ChannelSettings } from '@clawster/contract/channel-settings';

/** Who may write to a bot alone, as one chooses it. */
export const dmWords: Record<ChannelSettings['dmPolicy'], string> = {
  pairing: 'whoever you let in when they ask',
  allowlist: 'only the people listed',
  open: 'everybody',
  disabled: 'nobody',
};

/** Where it answers among many. */
export const groupWords: Record<ChannelSettings['groupPolicy'], string> = {
  disabled: 'nowhere',
  allowlist: 'only in the groups listed',
  open: 'wherever it is a member',
};

/** To what it answers there. */
export const mentionWords = { yes: 'only who speaks to it by name', no: 'every message' } as const;

/** How a service knows people, and what it calls a place for many. */
export const peerWords: Record<ChannelKind, { person: string; group: string }> = {
  telegram: {
    person: 'The number of a person, such as 123456789',
    group: 'The number of a group, such as -1001234567',
  },
  slack: { person: 'The member id, such as U012AB3CD', group: 'The id of a channel, such as C012AB3CD' },
  discord: {
    person: 'The number of a person; Copy User ID in Discord',
    group: 'The number of a server; Copy Server ID',
  },
  whatsapp: { person: 'A phone number, such as +491701234567', group: 'The id of a group, such as 1234@g.us' },
};

/** The rules of a channel in one line. */
export function sayRules({ dmPolicy, allowFrom, groupPolicy, groups, requireMention }: ChannelSettings): string {
  const people = dmPolicy === 'allowlist' ? `${dmWords.allowlist} (${allowFrom.length})` : dmWords[dmPolicy];
  const places = groupPolicy === 'allowlist' ? `${groupWords.allowlist} (${groups.length})` : groupWords[groupPolicy];
  const answers = groupPolicy === 'disabled' ? '' : `, to ${mentionWords[requireMention ? 'yes' : 'no']}`;
  return `May write to it alone: ${people}. Answers among many: ${places}${answers}.`;
}
