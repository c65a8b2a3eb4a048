import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createBot, type TelegramBot } from './telegram-bot.ts';
import { carryOut, Unauthorized, type Answer } from './telegram-methods.ts';

/**
 * Telegram's Bot API on loopback, as strict as the real one: a token can be revoked, two pollers get in each other's way,
 * an update is kept until the next offset acknowledges it, and only who wrote before can be written to.
 */
export async function startTelegramServer() {
  const bot = createBot();
  /** What was asked that this server does not know: a test that relies on it would prove nothing. */
  const unknown: string[] = [];
  const server = createServer(async (request, response) => {
    const left = new AbortController();
    response.once('close', () => left.abort());
    const { status, body } = await answer(bot, request, left.signal).catch((error: unknown): Answer => failed(error));
    if (status === 404) unknown.push(request.url?.replace(/^\/bot[^/]+/, '') ?? '');
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bot,
    unknown,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
export type TelegramServer = Awaited<ReturnType<typeof startTelegramServer>>;

async function answer(bot: TelegramBot, request: IncomingMessage, signal: AbortSignal): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://telegram');
  const [, token = '', method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(url.pathname) ?? [];
  const params = { ...Object.fromEntries(url.searchParams), ...(await paramsOf(request)) };
  bot.asked.push({ token, method, at: Date.now() });
  if (!bot.tokens.has(token)) throw new Unauthorized();
  return carryOut(bot, { token, method, params, signal });
}

async function paramsOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const type = request.headers['content-type'] ?? '';
  const body = await text(request);
  if (body === '') return {};
  if (type.includes('json')) return JSON.parse(body) as Record<string, unknown>;
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  return Object.fromEntries(form.entries());
}

function failed(error: unknown): Answer {
  if (error instanceof Unauthorized) return refusal(401, 'Unauthorized');
  return refusal(400, `Bad Request: ${error instanceof Error ? error.message : String(error)}`);
}

function refusal(status: number, description: string): Answer {
  return { status, body: { ok: false, error_code: status, description } };
}
