import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServiceOrigins } from '@clawster/control-plane/channel/ask-channel';

/** Telegram, Slack and Discord as far as they are asked whom a token is of: each refuses as the real one does. */
export type MessagingServices = {
  origins: ServiceOrigins;
  /** Tokens each takes, and whom they are of; may be changed at any time. */
  telegram: Map<string, string>;
  slack: { bots: Map<string, { user: string; team: string }>; apps: Set<string> };
  discord: Map<string, { username: string; flags: number }>;
  close(): Promise<void>;
};

type Answer = { status: number; body: unknown };

export async function startMessagingServices(): Promise<MessagingServices> {
  const telegram = new Map<string, string>();
  const slack = { bots: new Map<string, { user: string; team: string }>(), apps: new Set<string>() };
  const discord = new Map<string, { username: string; flags: number }>();
  const server = createServer((request, response) => {
    request.resume();
    const { status, body } = answer(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  function answer(request: IncomingMessage): Answer {
    const url = request.url ?? '';
    const authorization = request.headers.authorization ?? '';
    const ofTelegram = /^\/bot([^/]+)\/getMe$/.exec(url);
    if (ofTelegram) return asTelegram(telegram.get(ofTelegram[1] ?? ''));
    if (request.method === 'POST' && url.startsWith('/slack/')) return asSlack(url, authorization, slack);
    if (url.startsWith('/discord/')) return asDiscord(url, discord.get(authorization.replace(/^Bot /, '')));
    return { status: 404, body: { ok: false, error_code: 404, description: 'Not Found' } };
  }
  const origin = await listen(server);
  return {
    origins: { telegram: origin, slack: `${origin}/slack`, discord: `${origin}/discord` },
    telegram,
    slack,
    discord,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function asTelegram(username: string | undefined): Answer {
  return username
    ? { status: 200, body: { ok: true, result: { id: 1, is_bot: true, first_name: username, username } } }
    : { status: 401, body: { ok: false, error_code: 401, description: 'Unauthorized' } };
}

/** Slack answers 200 also when it refuses. */
function asSlack(url: string, authorization: string, { bots, apps }: MessagingServices['slack']): Answer {
  const token = authorization.replace(/^Bearer /, '');
  const body = (fields: object) => ({ status: 200, body: fields });
  if (url === '/slack/auth.test') {
    const known = bots.get(token);
    return body(known ? { ok: true, ...known } : { ok: false, error: 'invalid_auth' });
  }
  if (url !== '/slack/apps.connections.open') return body({ ok: false, error: 'unknown_method' });
  if (token.startsWith('xoxb-')) return body({ ok: false, error: 'not_allowed_token_type' });
  return body(apps.has(token) ? { ok: true, url: 'wss://elsewhere.example' } : { ok: false, error: 'invalid_auth' });
}

function asDiscord(url: string, known: { username: string; flags: number } | undefined): Answer {
  if (!known) return { status: 401, body: { message: '401: Unauthorized', code: 0 } };
  if (url === '/discord/users/@me') return { status: 200, body: { id: '1', username: known.username, bot: true } };
  return { status: 200, body: { id: '1', name: known.username, flags: known.flags } };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
