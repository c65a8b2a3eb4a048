import type { ChannelKind } from '@clawster/contract/channel-settings';

export type CredentialField = 'bot-token' | 'app-token';

/** What each service asks for, and how it differs from the others. */
type KindFacts = {
  name: string;
  /** Credentials by field: the key of OpenClaw's document, and what one looks like. */
  credentials: Partial<Record<CredentialField, { key: string; label: string; pattern: RegExp; hint: string }>>;
  /** Why one bot alone can have it, where that is so. */
  onlyOne?: string;
};

export const channelFacts: Readonly<Record<ChannelKind, KindFacts>> = {
  telegram: {
    name: 'Telegram',
    credentials: {
      'bot-token': {
        key: 'botToken',
        label: 'Bot token',
        pattern: /^\d{5,}:[\w-]{20,}$/,
        hint: 'From @BotFather; it looks like 123456789:AAE…',
      },
    },
    onlyOne: 'Telegram hands each message to one of those who ask for it',
  },
  slack: {
    name: 'Slack',
    credentials: {
      'bot-token': {
        key: 'botToken',
        label: 'Bot token',
        pattern: /^xoxb-[\w-]{10,}$/,
        hint: 'From OAuth & Permissions of your Slack app; it begins with xoxb-',
      },
      'app-token': {
        key: 'appToken',
        label: 'App-level token',
        pattern: /^xapp-[\w-]{10,}$/,
        hint: 'From Basic Information, with the scope connections:write; it begins with xapp-',
      },
    },
    onlyOne: 'Slack hands each message to one of the connections of an app',
  },
  discord: {
    name: 'Discord',
    credentials: {
      'bot-token': {
        key: 'token',
        label: 'Bot token',
        pattern: /^[\w-]{20,}\.[\w-]{4,}\.[\w-]{20,}$/,
        hint: 'From Bot in the Discord developer portal; three parts with dots between',
      },
    },
  },
  whatsapp: { name: 'WhatsApp', credentials: {} },
};

/** The fields of a kind's credentials, in the order they are asked for. */
export function credentialFields(kind: ChannelKind): CredentialField[] {
  return Object.keys(channelFacts[kind].credentials) as CredentialField[];
}

/** What is wrong with credentials by their looks alone, by field: before a service is asked, and without telling a value. */
export function whyNotCredentials(
  kind: ChannelKind,
  given: Partial<Record<string, string>>,
): { field: string; message: string } | undefined {
  const { name, credentials } = channelFacts[kind];
  for (const field of Object.keys(given))
    if (!Object.hasOwn(credentials, field))
      return { field, message: `${name} takes no ${field.replace('-', ' ')}: leave it out` };
  for (const field of credentialFields(kind)) {
    const { label, pattern, hint } = credentials[field] as NonNullable<(typeof credentials)[CredentialField]>;
    const value = given[field];
    if (value === undefined) return { field, message: `${name} needs a ${label.toLowerCase()}. ${hint}` };
    if (!pattern.test(value)) return { field, message: `This is not a ${label.toLowerCase()} of ${name}. ${hint}` };
  }
  return undefined;
}
