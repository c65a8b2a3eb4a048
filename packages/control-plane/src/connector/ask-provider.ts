import type { ConnectorCheck } from '@clawster/contract/connector';
import { type Agent, request } from 'undici';
import { checkedAgent } from '../outward/checked-agent.ts';
import { baseUrlOf, type Connection } from './connection.ts';
import { sentenceForAnswer, sentenceForTrouble } from './provider-sentence.ts';

export type Answer = { status: number; body: unknown; text: string };

const timeoutMs = 20_000;
const responseBytesMax = 1024 * 1024;

/** Asks a model provider with these very settings, in a real call of one token, and says in a sentence what came of it. */
export async function askProvider(
  connection: Connection,
  options: { allowPrivate: boolean; now: Date },
): Promise<ConnectorCheck> {
  const agent = checkedAgent({ allowPrivate: options.allowPrivate, responseBytesMax, timeoutMs });
  const checkedAt = options.now.toISOString();
  try {
    const models = connection.provider === 'anthropic' ? [] : await listModels(agent, connection);
    const answer = await askModel(agent, connection);
    const problem = sentenceForAnswer(answer, connection, models);
    const refused = answer.status === 401 || answer.status === 403;
    return {
      ok: problem === undefined,
      ...(refused ? { refused } : {}),
      message: problem ?? `${connection.model} answered`,
      models,
      checkedAt,
    };
  } catch (error) {
    return { ok: false, message: sentenceForTrouble(error, connection), models: [], checkedAt };
  } finally {
    await agent.destroy();
  }
}

/** Providers without a list are as good as others; what is wrong shows when the model is asked. */
async function listModels(agent: Agent, connection: Connection): Promise<string[]> {
  const { status, body } = await call(agent, connection, { method: 'GET', path: '/models' });
  const data = status === 200 ? (body as { data?: unknown })?.data : undefined;
  if (!Array.isArray(data)) return [];
  return data
    .flatMap((model: unknown) => {
      const id = (model as { id?: unknown } | null)?.id;
      return typeof id === 'string' && id.length <= 200 ? [id] : [];
    })
    .slice(0, 500);
}

async function askModel(agent: Agent, connection: Connection): Promise<Answer> {
  const messages = [{ role: 'user', content: 'Hi' }];
  const { model } = connection;
  if (connection.provider === 'anthropic')
    return call(agent, connection, { method: 'POST', path: '/v1/messages', body: { model, messages, max_tokens: 1 } });
  const path = '/chat/completions';
  const answer = await call(agent, connection, { method: 'POST', path, body: { model, messages, max_tokens: 1 } });
  // Newer OpenAI models know the limit by another name, and need room to think.
  if (answer.status !== 400 || !answer.text.includes('max_completion_tokens')) return answer;
  return call(agent, connection, { method: 'POST', path, body: { model, messages, max_completion_tokens: 16 } });
}

async function call(
  agent: Agent,
  connection: Connection,
  ask: { method: 'GET' | 'POST'; path: string; body?: object },
): Promise<Answer> {
  const response = await request(`${baseUrlOf(connection)}${ask.path}`, {
    method: ask.method,
    dispatcher: agent,
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      accept: 'application/json',
      'user-agent': 'clawster',
      ...(ask.body ? { 'content-type': 'application/json' } : {}),
      ...authHeaders(connection),
    },
    ...(ask.body ? { body: JSON.stringify(ask.body) } : {}),
  });
  const text = await response.body.text();
  return { status: response.statusCode, body: parseJson(text), text };
}

function authHeaders({ provider, apiKey }: Connection): Record<string, string> {
  if (provider === 'anthropic')
    return { 'anthropic-version': '2023-06-01', ...(apiKey ? { 'x-api-key': apiKey } : {}) };
  return apiKey ? { authorization: `Bearer ${apiKey}` } : {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
