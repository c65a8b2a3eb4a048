import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import type { ModelUpstream } from '@clawster/link/supervisor-methods';
import { keepSecret } from '../host/mask.ts';
import { askDemoModel } from './demo-model.ts';
import { sendDemoReply } from './demo-reply.ts';
import { ChatRequest } from './message.ts';
import { callUpstream, dialectOf, UpstreamTrouble } from './upstream.ts';
import type { Dialect, RealUpstream } from './upstream.ts';
import { usageCounter } from './usage.ts';
import type { TokenUsage } from './usage.ts';

const bodyBytesMax = 64 * 1024 * 1024;
/** OpenClaw takes some seconds to change its model; a turn that began before asks for the old one to its end. */
const graceMs = 2 * 60_000;

export type ModelCall = {
  model: string;
  provider: string;
  ok: boolean;
  durationMs: number;
  usage?: TokenUsage;
  failure?: string;
};

/** Where the bot finds its model: on loopback, with a key that is worth nothing elsewhere. The real key stays in this process. */
export type ModelGateway = {
  port: number;
  /** The bot's virtual key, new for each start of the supervisor. */
  key: string;
  /** The one before is served for a while longer: turns that are under way ask for its model to their end. */
  setUpstream(upstream: ModelUpstream): void;
  /** Refuses every call in this sentence, and ends those under way; `undefined` lets them through again. */
  block(reason: string | undefined): void;
  /** Why the last call failed; undefined when it went well or none was made since `setUpstream`. */
  lastFailure(): string | undefined;
  close(): Promise<void>;
};

export async function openModelGateway(options: {
  onCall: (call: ModelCall) => void;
  graceMs?: number;
}): Promise<ModelGateway> {
  const key = randomBytes(32).toString('base64url');
  keepSecret(key);
  let upstream: ModelUpstream | undefined;
  let before: { upstream: ModelUpstream | undefined; until: number } | undefined;
  let failure: string | undefined;
  let blocked: string | undefined;
  const answering = new Set<ServerResponse>();

  const server = createServer((request, response) => {
    const startedAt = Date.now();
    const upstreams = [upstream, before && before.until > startedAt ? before.upstream : undefined];
    const finish = (outcome: Outcome) => {
      failure = outcome.failure;
      options.onCall(callOf(upstreams[0], startedAt, outcome));
    };
    answering.add(response);
    response.once('close', () => answering.delete(response));
    handle({ request, response, key, upstreams, blocked }).then(finish, (error: unknown) => {
      if (response.destroyed) return finish({});
      finish({ failure: refuse(response, error) });
    });
  });
  const port = await listen(server);
  return {
    port,
    key,
    setUpstream(next) {
      if (next.provider !== 'demo' && next.apiKey) keepSecret(next.apiKey);
      if (isDeepStrictEqual(next, upstream)) return;
      failure = undefined;
      before = { upstream, until: Date.now() + (options.graceMs ?? graceMs) };
      upstream = next;
    },
    block(reason) {
      blocked = reason;
      if (reason !== undefined) for (const response of answering) response.destroy();
    },
    lastFailure: () => failure,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Outcome = { usage?: TokenUsage | undefined; failure?: string | undefined };

function callOf(upstream: ModelUpstream | undefined, startedAt: number, { usage, failure }: Outcome): ModelCall {
  return {
    model: upstream?.model ?? '',
    provider: upstream?.provider ?? '',
    ok: failure === undefined,
    durationMs: Date.now() - startedAt,
    ...(usage ? { usage } : {}),
    ...(failure ? { failure } : {}),
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  key: string;
  upstreams: (ModelUpstream | undefined)[];
  blocked: string | undefined;
};

async function handle({ request, response, key, upstreams, blocked }: Exchange): Promise<Outcome> {
  if (!isKey(presentedKey(request), key))
    throw new ModelRefusal(401, 'wrong-key', 'This model gateway serves one bot alone');
  if (blocked !== undefined) throw new ModelRefusal(400, 'blocked', blocked);
  const dialect = dialectAt(request.url ?? '');
  if (!dialect || request.method !== 'POST')
    throw new ModelRefusal(404, 'unknown-path', 'This model gateway serves chat completions and messages alone');
  const body = await readBody(request);
  const asked = ChatRequest.safeParse(JSON.parse(body));
  if (!asked.success) throw new ModelRefusal(400, 'invalid', 'The request is not one for a chat model');
  const upstream = chosen(upstreams, dialect, asked.data.model);
  if (upstream.provider !== 'demo') return passOn(upstream, body, response);
  const reply = await askDemoModel(asked.data);
  if (reply.kind === 'failure') throw new ModelRefusal(reply.status, 'demo-failure', reply.message);
  return { usage: await sendDemoReply(response, asked.data, reply) };
}

/** The upstream that is asked for; throws with what the bot may ask for when there is none. */
function chosen(upstreams: Exchange['upstreams'], dialect: Dialect, model: string): ModelUpstream {
  const [first] = upstreams;
  if (!first) throw new ModelRefusal(400, 'no-model', 'The bot has no model yet');
  const found = upstreams.find((one) => one?.model === model && dialectOf(one) === dialect);
  if (found) return found;
  if (dialect !== dialectOf(first))
    throw new ModelRefusal(400, 'wrong-dialect', `The model provider does not speak the ${dialect} dialect`);
  throw new ModelRefusal(400, 'model-not-allowed', `This bot may use "${first.model}" alone, not "${model}"`);
}

async function passOn(upstream: RealUpstream, body: string, response: ServerResponse) {
  const leaving = new AbortController();
  response.on('close', () => {
    if (!response.writableEnded) leaving.abort();
  });
  const answer = await callUpstream(upstream, body, leaving.signal);
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
  const counter = usageCounter();
  const failureText: string[] = [];
  for await (const chunk of answer.body ?? []) {
    counter.see(chunk);
    if (!answer.ok && failureText.length < 4) failureText.push(Buffer.from(chunk).toString('utf8').slice(0, 500));
    if (!response.write(chunk))
      await new Promise((resolve) => {
        response.once('drain', resolve).once('close', resolve);
      });
  }
  response.end();
  if (!answer.ok)
    return { failure: `The model provider answered HTTP ${answer.status}: ${failureText.join('').slice(0, 500)}` };
  return { usage: counter.end() };
}

class ModelRefusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, sentence: string) {
    super(sentence);
    this.status = status;
    this.code = code;
  }
}

/**
 * Answers with 400 whatever the provider's trouble was: at a 401 OpenClaw puts the key aside for a minute, and at a 5xx it
 * tries for two minutes; a person who waits wants the sentence at once. The body is readable in both dialects.
 */
function refuse(response: ServerResponse, error: unknown): string {
  const sentence = error instanceof Error ? error.message : String(error);
  const status = error instanceof ModelRefusal ? error.status : 400;
  const code = error instanceof ModelRefusal || error instanceof UpstreamTrouble ? error.code : 'trouble';
  if (!response.headersSent) {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ type: 'error', error: { type: 'invalid_request_error', code, message: sentence } }));
  } else response.destroy();
  return sentence;
}

function presentedKey(request: IncomingMessage): string {
  const header = request.headers['x-api-key'];
  if (typeof header === 'string') return header;
  return request.headers.authorization?.replace(/^Bearer /, '') ?? '';
}

function isKey(presented: string, key: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(presented), digest(key));
}

/** The base URL ends in `/v1`, to which the two client libraries append paths of different depth. */
function dialectAt(url: string): Dialect | undefined {
  const path = url.split('?')[0] ?? '';
  if (/^(\/v1)*\/chat\/completions$/.test(path)) return 'openai';
  return /^(\/v1)*\/messages$/.test(path) ? 'anthropic' : undefined;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyBytesMax) throw new ModelRefusal(413, 'too-large', 'The request to the model is larger than 64 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
