import { z } from 'zod';
import type { TelegramBot, Update } from './telegram-bot.ts';

export type Answer = { status: number; body: Record<string, unknown> };
type Ask = { token: string; method: string; params: Record<string, unknown>; signal: AbortSignal };

/** The token is not, or no longer, good for this bot. */
export class Unauthorized extends Error {}

const number = z.coerce.number();
const Poll = z.object({ offset: number.default(0), timeout: number.default(0), limit: number.default(100) });
const Outgoing = z.object({ chat_id: number, text: z.string().min(1).max(4096) });

type Method = (bot: TelegramBot, ask: Ask) => unknown;

const methods: Record<string, Method> = {
  getMe: describe,
  getUpdates: poll,
  getWebhookInfo: (bot) => ({ url: '', has_custom_certificate: false, pending_update_count: bot.pending.length }),
  deleteWebhook: () => true,
  deleteMyCommands: () => true,
  setMyCommands: () => true,
  getMyCommands: () => [],
  setMyDescription: () => true,
  setMyShortDescription: () => true,
  sendChatAction: (bot, ask) => Boolean(chatOf(bot, ask)),
  setMessageReaction: (bot, ask) => Boolean(chatOf(bot, ask)),
  getChat: (bot, ask) => ({ id: chatOf(bot, ask), type: 'private' }),
  sendMessage: send,
};

/** Answers as Telegram does; throws what is wrong with the request. */
export async function carryOut(bot: TelegramBot, ask: Ask): Promise<Answer> {
  const method = Object.hasOwn(methods, ask.method) ? methods[ask.method] : undefined;
  if (!method) return { status: 404, body: { ok: false, error_code: 404, description: 'Not Found' } };
  const result = await method(bot, ask);
  if (result === conflict) return { status: 409, body: { ok: false, error_code: 409, description: conflictText } };
  return { status: 200, body: { ok: true, result } };
}

const conflict = Symbol('conflict');
const conflictText =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';

function describe({ id, username }: TelegramBot) {
  return {
    id,
    username,
    is_bot: true,
    first_name: 'Ada',
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
  };
}

/** The poll that came last is served; the one before is told of the conflict. An offset acknowledges all updates before it. */
async function poll(bot: TelegramBot, { token, params, signal }: Ask): Promise<Update[] | typeof conflict> {
  const { offset, timeout, limit } = Poll.parse(params);
  bot.pending = bot.pending.filter(({ update_id }) => update_id >= offset);
  bot.interrupt?.('conflict');
  if (bot.pending.length === 0 && timeout > 0) {
    const why = await news(bot, Math.min(timeout, 50) * 1_000, signal);
    if (why === 'conflict') return conflict;
  }
  if (!bot.tokens.has(token)) throw new Unauthorized();
  return bot.pending.slice(0, limit);
}

async function news(
  bot: TelegramBot,
  waitMs: number,
  signal: AbortSignal,
): Promise<'conflict' | 'revoked' | undefined> {
  const { promise, resolve } = Promise.withResolvers<'conflict' | 'revoked' | undefined>();
  const timer = setTimeout(() => resolve(undefined), waitMs);
  signal.addEventListener('abort', () => resolve(undefined), { once: true });
  bot.interrupt = resolve;
  const why = await promise;
  clearTimeout(timer);
  if (bot.interrupt === resolve) bot.interrupt = undefined;
  return why;
}

function chatOf(bot: TelegramBot, { params }: Ask): number {
  const chat = number.parse(params['chat_id']);
  if (!bot.chats.has(chat)) throw new Error('chat not found');
  return chat;
}

function send(bot: TelegramBot, ask: Ask) {
  const chatId = chatOf(bot, ask);
  const { text } = Outgoing.parse(ask.params);
  bot.sent.push({ token: ask.token, chatId, text, at: Date.now() });
  return {
    message_id: 100_000 + bot.sent.length,
    date: Math.floor(Date.now() / 1000),
    chat: { id: chatId, type: 'private' },
    from: describe(bot),
    text,
  };
}
