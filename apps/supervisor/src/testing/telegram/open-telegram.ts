import type { BotFacts } from '@clawster/domain/config/effective';

/** Telegram as a channel that takes everybody in and no groups, attached to this bot. */
export function openTelegram(botId: string): NonNullable<BotFacts['channels']>[number] {
  return {
    id: 'c',
    name: 'Telegram',
    kind: 'telegram',
    settings: { dmPolicy: 'open', allowFrom: ['*'], groupPolicy: 'disabled', groups: [], requireMention: true },
    attachment: { id: 'a', botId, selector: undefined, settings: {} },
  };
}
