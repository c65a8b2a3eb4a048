import type { ChannelCheck } from '@clawster/contract/channel';
import type { ChannelKind, ChannelSettings } from '@clawster/contract/channel-settings';
import { channelFacts } from '@clawster/domain/channel/kinds';
import { type Agent, request } from 'undici';
import { checkedAgent } from '../outward/checked-agent.ts';
import { troubleSentence } from '../outward/trouble-sentence.ts';

const timeoutMs = 15_000;
const responseBytesMax = 256 * 1024;

/** Where the services are. */
export const serviceOrigins = {
  telegram: 'https://api.telegram.org',
  slack: 'https://slack.com/api',
  discord: 'https://discord.com/api/v10',
};
export type ServiceOrigins = typeof serviceOrigins;

/** What a messaging service is asked with. */
export type ChannelConnection = {
  kind: ChannelKind;
  settings: Pick<ChannelSettings, 'apiRoot'>;
  credentials: Readonly<Partial<Record<string, string>>>;
};
type Outcome = { ok: boolean; message: string; account?: string; refused?: boolean };
type Asking = { agent: Agent; origin: string };

/** Asks a messaging service whom these credentials are of, and says in a sentence what came of it. Nothing is sent to anybody. */
export async function askChannel(
  connection: ChannelConnection,
  options: { allowPrivate: boolean; now: Date; origins?: ServiceOrigins },
): Promise<ChannelCheck> {
  const checkedAt = options.now.toISOString();
  const { kind, settings } = connection;
  if (kind === 'whatsapp')
    return { ok: true, message: 'Each bot is linked by a code that a phone scans, once it is attached', checkedAt };
  const origin = (settings.apiRoot ?? (options.origins ?? serviceOrigins)[kind]).replace(/\/+$/, '');
  const agent = checkedAgent({ allowPrivate: options.allowPrivate, responseBytesMax, timeoutMs });
  try {
    return { ...(await asks[kind](connection, { agent, origin })), checkedAt };
  } catch (error) {
    const asked = { host: new URL(origin).host, entered: 'address', timeoutSeconds: timeoutMs / 1_000, own: {} };
    return { ok: false, message: troubleSentence(error, asked), checkedAt };
  } finally {
    await agent.destroy();
  }
}

const asks = { telegram: askTelegram, slack: askSlack, discord: askDiscord };

async function askTelegram({ credentials }: ChannelConnection, asking: Asking): Promise<Outcome> {
  const { status, body } = await call(asking, { path: `/bot${credentials['bot-token']}/getMe` });
  const { ok, result } = body as { ok?: boolean; result?: { username?: string } };
  if (ok && result?.username) return answered(`@${result.username}`);
  return status === 401 || status === 404 ? refused('telegram', 'bot token') : unexpected('telegram', status);
}

async function askSlack({ credentials }: ChannelConnection, asking: Asking): Promise<Outcome> {
  const me = await callSlack(asking, 'auth.test', credentials['bot-token']);
  if (!me.ok) return slackRefused('bot token', me);
  // Only so is it known that the bot will be able to dial in; the address it answers with is not used.
  const socket = await callSlack(asking, 'apps.connections.open', credentials['app-token']);
  if (!socket.ok) return slackRefused('app-level token', socket);
  return answered(`${me.user ?? 'the bot'} in ${me.team ?? 'the workspace'}`);
}

type SlackAnswer = { ok?: boolean; error?: string; user?: string; team?: string; status: number };

async function callSlack(asking: Asking, method: string, token: string | undefined): Promise<SlackAnswer> {
  const { status, body } = await call(asking, { method: 'POST', path: `/${method}`, authorization: `Bearer ${token}` });
  return { ...(body as Omit<SlackAnswer, 'status'>), status };
}

function slackRefused(what: string, { error, status }: SlackAnswer): Outcome {
  if (error === 'missing_scope')
    return {
      ok: false,
      message: `The ${what} lacks a scope: give the Slack app connections:write, and install it anew`,
    };
  if (error === 'ratelimited')
    return { ok: false, message: 'Slack is limiting this app right now: try again in a minute' };
  return error ? refused('slack', what, error) : unexpected('slack', status);
}

/** Bits of an application's flags: whether it may read messages, in full or as one that is not verified yet. */
const messageContentFlags = (1 << 18) | (1 << 19);

async function askDiscord({ credentials }: ChannelConnection, asking: Asking): Promise<Outcome> {
  const authorization = `Bot ${credentials['bot-token']}`;
  const { status, body } = await call(asking, { path: '/users/@me', authorization });
  const { username } = body as { username?: string };
  if (status === 401) return refused('discord', 'bot token');
  if (status !== 200 || !username) return unexpected('discord', status);
  const application = await call(asking, { path: '/applications/@me', authorization });
  const flags = (application.body as { flags?: number }).flags ?? 0;
  if (application.status === 200 && (flags & messageContentFlags) === 0)
    return {
      ok: false,
      message: `${username} may not read messages: turn on the Message Content Intent under Bot in the Discord developer portal`,
    };
  return answered(username);
}

function answered(account: string): Outcome {
  return { ok: true, message: `It is ${account}`, account };
}

function refused(kind: ChannelKind, what: string, said?: string): Outcome {
  const { name } = channelFacts[kind];
  return {
    ok: false,
    refused: true,
    message: `${name} refused the ${what}${said ? ` (${said.slice(0, 60)})` : ''}: check that it is complete and was not replaced`,
  };
}

function unexpected(kind: ChannelKind, status: number): Outcome {
  const { name } = channelFacts[kind];
  const message =
    status === 429
      ? `${name} is limiting this bot right now: try again in a minute`
      : `The service did not answer as ${name} does (HTTP ${status}): check the address, or try again later`;
  return { ok: false, message };
}

async function call(
  { agent, origin }: Asking,
  { method = 'GET', path, authorization }: { method?: 'GET' | 'POST'; path: string; authorization?: string },
): Promise<{ status: number; body: object }> {
  const response = await request(`${origin}${path}`, {
    method,
    dispatcher: agent,
    signal: AbortSignal.timeout(timeoutMs),
    headers: { accept: 'application/json', 'user-agent': 'clawster', ...(authorization ? { authorization } : {}) },
  });
  const text = await response.body.text();
  return { status: response.statusCode, body: parsed(text) };
}

function parsed(text: string): object {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return {};
  }
}
