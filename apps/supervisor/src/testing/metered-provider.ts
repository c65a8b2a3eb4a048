import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dialect } from '../model-gateway/dialect.ts';
import { drained } from '../model-gateway/send-on.ts';
import { type Metered, writers } from './provider-dialects.ts';

/** What becomes of one call instead of an answer: a status, or a connection that is cut. */
export type Mishap = number | 'cut';

export type MeteredProvider = Awaited<ReturnType<typeof startMeteredProvider>>;

type Strict = { dialect: Dialect; apiKey: string; model: string };

/**
 * A model provider as strict as a real one: it refuses a wrong key, model, path or shape in the words of its dialect. It
 * counts what it answers, differently each time, so that no count can be taken for another.
 */
export async function startMeteredProvider(strict: Strict) {
  const served: { id: string; usage: Metered }[] = [];
  const state = {
    apiKey: strict.apiKey,
    words: ['It ', 'is ', 'so.'],
    paceMs: 0,
    saysUsage: true,
    mishaps: [] as Mishap[],
    refused: [] as string[],
    closedEarly: 0,
    /** Characters that went out; no more than are taken. */
    written: 0,
  };
  const server = createServer(async (request, response) => {
    const body = parsed(await text(request));
    const mishap = state.mishaps.shift();
    if (mishap === 'cut') return void request.socket.destroy();
    if (mishap !== undefined) return fail(response, mishap, 'Told to fail');
    const why = whyRefused({ ...strict, apiKey: state.apiKey }, request, body);
    if (why) {
      state.refused.push(why[1]);
      return fail(response, ...why);
    }
    const number = served.length + 1;
    const usage = { input: 1_000 + number, cacheRead: 100 + number, cacheWrite: 0, output: 20 + number, reasoning: 3 };
    const id = `answer-${randomUUID()}`;
    served.push({ id, usage });
    const says = state.saysUsage && asksUsage(strict.dialect, body) ? usage : undefined;
    const spoken = { id, model: strict.model, words: state.words, usage: says };
    response.on('close', () => (state.closedEarly += response.writableEnded ? 0 : 1));
    const writer = writers[strict.dialect];
    if (!streams(request, body)) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(writer.whole(spoken)));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of writer.stream(spoken)) {
      if (response.destroyed) return;
      state.written += event.length;
      if (!response.write(event)) await drained(response);
      if (state.paceMs > 0) await sleep(state.paceMs);
    }
    response.end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(state, {
    served,
    baseUrl: strict.dialect === 'google-generative-ai' ? `${origin}/v1beta` : `${origin}/v1`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  });
}

type Body = Record<string, unknown>;

const paths: Record<Dialect, (model: string) => RegExp> = {
  'openai-completions': () => /^\/v1\/chat\/completions$/,
  'openai-responses': () => /^\/v1\/responses$/,
  'anthropic-messages': () => /^\/v1\/messages$/,
  'google-generative-ai': (model) =>
    new RegExp(`^/v1beta/models/${model}:(generateContent|streamGenerateContent\\?alt=sse)$`),
};
const conversations: Record<Dialect, string> = {
  'openai-completions': 'messages',
  'openai-responses': 'input',
  'anthropic-messages': 'messages',
  'google-generative-ai': 'contents',
};
const bearer = (key: string) => ({ name: 'authorization', value: `Bearer ${key}` });
const keys: Record<Dialect, (key: string) => { name: string; value: string }> = {
  'openai-completions': bearer,
  'openai-responses': bearer,
  'anthropic-messages': (value) => ({ name: 'x-api-key', value }),
  'google-generative-ai': (value) => ({ name: 'x-goog-api-key', value }),
};

function whyRefused(strict: Strict, { url = '', headers }: IncomingMessage, body: Body): [number, string] | undefined {
  const { dialect, apiKey, model } = strict;
  if (!paths[dialect](model).test(url)) return [404, `There is nothing at ${url}`];
  const { name, value } = keys[dialect](apiKey);
  if (headers[name] !== value) return [401, 'That is not the key'];
  if (dialect !== 'google-generative-ai' && body['model'] !== model) return [404, `No model ${String(body['model'])}`];
  const said = body[conversations[dialect]];
  if (!Array.isArray(said) || said.length === 0) return [400, `${conversations[dialect]} is missing`];
  if (dialect === 'anthropic-messages' && typeof body['max_tokens'] !== 'number') return [400, 'max_tokens is missing'];
  return undefined;
}

function streams({ url = '' }: IncomingMessage, body: Body): boolean {
  return url.includes(':stream') || body['stream'] === true;
}

/** OpenAI's chat completions say what a stream took only to who asks. */
function asksUsage(dialect: Dialect, { stream, stream_options }: Body): boolean {
  if (dialect !== 'openai-completions' || stream !== true) return true;
  return (stream_options as { include_usage?: boolean } | undefined)?.include_usage === true;
}

function fail(response: ServerResponse, status: number, message: string): void {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ type: 'error', error: { type: 'error', code: status, message, status: 'FAILED' } }));
}

function parsed(body: string): Body {
  try {
    return JSON.parse(body) as Body;
  } catch {
    return {};
  }
}
