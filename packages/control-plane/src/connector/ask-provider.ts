import type { ConnectorCheck } from '@clawster/contract/connector';
import { dialectOf } from '@clawster/domain/model/rules';
import { type Agent, request } from 'undici';
import { checkedAgent } from '../outward/checked-agent.ts';
import { baseUrlOf, type Connection } from './connection.ts';
import { isKeyRefused, sentenceForAnswer, sentenceForTrouble } from './provider-sentence.ts';

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
    const models = await listModels(agent, connection);
    const answer = await askModel(agent, connection);
    const problem = sentenceForAnswer(answer, connection, models);
    const refused = isKeyRefused(answer.status, answer.text);
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
  if (connection.provider === 'anthropic') return [];
  const { status, body } = await call(agent, connection, { method: 'GET', path: '/models' });
  const { data, models } = ((status === 200 ? body : undefined) ?? {}) as { data?: unknown; models?: unknown };
  // Google lists `models/…` by their names.
  const listed = [data, models].find((list) => Array.isArray(list)) ?? [];
  return (listed as unknown[])
    .map(nameIn)
    .filter((name) => name.length > 0 && name.length <= 200)
    .slice(0, 500);
}

function nameIn(listed: unknown): string {
  const { id, name } = (listed ?? {}) as { id?: unknown; name?: unknown };
  if (typeof id === 'string') return id;
  return typeof name === 'string' ? name.replace(/^models\//, '') : '';
}

async function askModel(agent: Agent, connection: Connection): Promise<Answer> {
  const messages = [{ role: 'user', content: 'Hi' }];
  const { model } = connection;
  const post = (path: string, body: object) => call(agent, connection, { method: 'POST', path, body });
  const dialect = dialectOf(connection);
  if (dialect === 'anthropic-messages')
    return post(baseUrlOf(connection).endsWith('/v1') ? '/messages' : '/v1/messages', {
      model,
      messages,
      max_tokens: 1,
    });
  if (dialect === 'openai-responses') return post('/responses', { model, input: messages, max_output_tokens: 16 });
  if (dialect === 'google-generative-ai') {
    const contents = [{ role: 'user', parts: [{ text: 'Hi' }] }];
    const path = `/models/${encodeURIComponent(model)}:generateContent`;
    return post(path, { contents, generationConfig: { maxOutputTokens: 1 } });
  }
  const answer = await post('/chat/completions', { model, messages, max_tokens: 1 });
  // Newer OpenAI models know the limit by another name, and need room to think.
  if (answer.status !== 400 || !answer.text.includes('max_completion_tokens')) return answer;
  return post('/chat/completions', { model, messages, max_completion_tokens: 16 });
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
  if (provider === 'google') return apiKey ? { 'x-goog-api-key': apiKey } : {};
  return apiKey ? { authorization: `Bearer ${apiKey}` } : {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
