import { randomBytes } from 'node:crypto';

export type Update = { update_id: number; message: Record<string, unknown> & { text: string } };
export type Sent = { token: string; chatId: number; text: string; at: number };

/** One bot of Telegram's, with the tokens that are good for it now, and all that went in and out. */
export type TelegramBot = {
  id: number;
  username: string;
  tokens: Set<string>;
  /** Every request, also those that were refused. */
  asked: { token: string; method: string; at: number }[];
  sent: Sent[];
  /** Not acknowledged yet by an offset. */
  pending: Update[];
  /** Chats that wrote to the bot: Telegram lets it write to no other. */
  chats: Set<number>;
  /** Ends the poll under way; why, or undefined for news. */
  interrupt: ((why?: 'conflict' | 'revoked') => void) | undefined;
  /** A new token; the ones before stay good until they are revoked. */
  issueToken(): string;
  revoke(token: string): void;
  /** Someone writes to the bot in a private chat. */
  write(from: number, text: string): void;
};

/** A bot nobody has written to yet, and without a token. */
export function createBot(): TelegramBot {
  const id = 7_000_001;
  let lastUpdate = 1_000;
  const bot: TelegramBot = {
    id,
    username: 'ada_of_clawster_bot',
    tokens: new Set(),
    asked: [],
    sent: [],
    pending: [],
    chats: new Set(),
    interrupt: undefined,
    issueToken() {
      const token = `${id}:${randomBytes(26).toString('base64url').slice(0, 35)}`;
      bot.tokens.add(token);
      return token;
    },
    revoke(token) {
      bot.tokens.delete(token);
      bot.interrupt?.('revoked');
    },
    write(from, text) {
      lastUpdate += 1;
      bot.chats.add(from);
      bot.pending.push({ update_id: lastUpdate, message: messageOf(from, { text, message_id: lastUpdate }) });
      bot.interrupt?.();
    },
  };
  return bot;
}

function messageOf(from: number, message: { text: string; message_id: number }) {
  const person = { id: from, first_name: `Person ${from}`, username: `person_${from}` };
  return {
    ...message,
    date: Math.floor(Date.now() / 1000),
    chat: { ...person, type: 'private' },
    from: { ...person, is_bot: false, language_code: 'en' },
  };
}
