import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { type ModelPlan, type ModelUpstream, planOf } from '@clawster/link/model-plan';
import { keepSecret } from '../host/mask.ts';
import { exchange } from './exchange.ts';
import { createLimits } from './limits.ts';
import type { DrawFrom } from './allowance.ts';
import { openAllowances } from './allowances.ts';
import { beginCall, type ModelCall } from './model-call.ts';
import { ModelRefusal, refuse } from './model-refusal.ts';
import { openSpending } from './spending.ts';

export type { ModelCall } from './model-call.ts';

/** OpenClaw takes some seconds to change its model; a turn that began before asks for the old one to its end. */
const usualGraceMs = 2 * 60_000;

/** Where the bot finds its model: on loopback, with a key that is worth nothing elsewhere. The real key stays in this process. */
export type ModelGateway = {
  port: number;
  /** The bot's virtual key, new for each start of the supervisor. */
  key: string;
  /** Takes the control plane's time from a plan that has just come: until it is in force, a start may take minutes. */
  learnTime(upstream: ModelUpstream): void;
  /** The one before is served for a while longer: turns that are under way ask for its model to their end. */
  setUpstream(upstream: ModelUpstream): void;
  /** Refuses every call in this sentence, and ends those under way; `undefined` lets them through again. */
  block(reason: string | undefined): void;
  /** Why the last call failed; undefined when it went well or none was made since `setUpstream`. */
  lastFailure(): string | undefined;
  /** Gives back what it may spend of budgets and does not; for when no call is to come any more. */
  giveBack(): Promise<void>;
  close(): Promise<void>;
};

export type ModelGatewayOptions = {
  onCall: (call: ModelCall) => void;
  graceMs?: number;
  /** Where what was spent is written down; absent: in memory alone. */
  spentFile?: string;
  /** Where budgets that bots share are drawn from, and what was drawn is written down; absent: nothing of them is allowed. */
  allowance?: { file: string; drawFrom: DrawFrom };
};

/** Serves one bot's calls on loopback until it is closed. */
export async function openModelGateway(options: ModelGatewayOptions): Promise<ModelGateway> {
  const key = randomBytes(32).toString('base64url');
  keepSecret(key);
  const time = controlPlaneTime();
  const { limits, allowances, learn } = openLimits(options, time.now);
  const inForce = plansInForce(options.graceMs ?? usualGraceMs);
  const answering = new Set<ServerResponse>();
  let failure: string | undefined;
  let blocked: string | undefined;

  const server = createServer((request, response) => {
    if (!isKey(presentedKey(request), key)) {
      refuse(response, new ModelRefusal(401, 'wrong-key', 'This model gateway serves one bot alone'));
      return;
    }
    answering.add(response);
    response.once('close', () => answering.delete(response));
    void served({ request, response, blocked, plans: inForce.plans(), limits, allowances, now: time.now() }).then(
      (call) => {
        failure = call.failure;
        options.onCall(call);
      },
    );
  });
  const port = await listen(server);
  return {
    port,
    key,
    learnTime: (next) => time.learn(planOf(next)),
    setUpstream(next) {
      const plan = planOf(next);
      for (const apiKey of keysIn(plan)) keepSecret(apiKey);
      time.learn(plan);
      learn(plan);
      if (inForce.set(plan)) failure = undefined;
    },
    block(reason) {
      blocked = reason;
      if (reason !== undefined) for (const response of answering) response.destroy();
    },
    lastFailure: () => failure,
    giveBack: allowances.giveBack,
    close: () =>
      new Promise((resolve) => {
        allowances.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Serving = Omit<Parameters<typeof exchange>[0], 'call' | 'signal' | 'elapsedMs'> & {
  blocked: string | undefined;
  now: Date;
};

/** Answers one call, and tells what became of it whatever did. */
async function served({ blocked, now, ...rest }: Serving): Promise<ModelCall> {
  const { request, response } = rest;
  const startedMs = performance.now();
  const elapsedMs = () => Math.round(performance.now() - startedMs);
  const call = beginCall(now, request.headers['traceparent']);
  const leaving = new AbortController();
  response.once('close', () => leaving.abort());
  try {
    if (blocked !== undefined) throw new ModelRefusal(400, 'blocked', blocked);
    await exchange({ ...rest, call, elapsedMs, signal: leaving.signal });
  } catch (error) {
    const isLeft = response.destroyed && !response.writableEnded;
    if (isLeft) call.outcome = 'aborted';
    else {
      call.outcome = isOwnRefusal(error) ? 'refused' : 'failed';
      call.failure = refuse(response, error);
    }
  }
  call.ok = call.failure === undefined;
  call.durationMs = elapsedMs();
  return call;
}

function isOwnRefusal(error: unknown): boolean {
  return error instanceof ModelRefusal && ['over-limit', 'blocked', 'model-not-allowed'].includes(error.code);
}

/** What one bot may spend: of budgets of its own, and of those it shares with others. */
function openLimits({ spentFile, allowance }: ModelGatewayOptions, clock: () => Date) {
  const spending = openSpending(spentFile);
  const clocks = { clock, steadyMs: () => performance.now() };
  const allowances = openAllowances({ file: undefined, drawFrom: nobody, ...allowance, ...clocks });
  return {
    limits: createLimits(spending, clocks),
    allowances,
    learn(plan: ModelPlan) {
      spending.learn(plan.budgets, clock());
      allowances.learn(plan.shared);
    },
  };
}

const nobody: DrawFrom = () => Promise.reject(new Error('There is nobody to draw from'));

/** The plan in force and the one before, while turns that began under it go on. */
function plansInForce(graceMs: number) {
  let current: ModelPlan | undefined;
  let before: { plan: ModelPlan; until: number } | undefined;
  return {
    plans: () =>
      [current, before && before.until > Date.now() ? before.plan : undefined].filter((plan) => plan !== undefined),
    /** Whether it is another: that the same is told again later, with more spent, changes nothing. */
    set(next: ModelPlan): boolean {
      const isSame = current !== undefined && isDeepStrictEqual(rulesOf(next), rulesOf(current));
      if (!isSame && current) before = { plan: current, until: Date.now() + graceMs };
      current = next;
      return !isSame;
    },
  };
}

function rulesOf({ models, retries, requestsPerMinute, tokensPerMinute, budgets, shared }: ModelPlan) {
  const limits = budgets.map(({ id, limitUsd }) => ({ id, limitUsd }));
  return { models, retries, requestsPerMinute, tokensPerMinute, limits, shared };
}

function keysIn({ models }: ModelPlan): string[] {
  return models.flatMap(({ upstreams }) => upstreams.flatMap(({ apiKey }) => apiKey ?? []));
}

/** The control plane's time as its last plan told it, carried on by a clock that nobody can set. */
function controlPlaneTime() {
  let learned = { at: Date.now(), steadyMs: performance.now() };
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    now: () => new Date(learned.at + performance.now() - learned.steadyMs),
    /** An older plan that is taken back to does not turn the clock back. */
    learn({ at }: ModelPlan) {
      if (Date.parse(at) <= toldAt) return;
      toldAt = Date.parse(at);
      learned = { at: toldAt, steadyMs: performance.now() };
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Client libraries of each dialect carry the key their own way. */
function presentedKey({ headers }: IncomingMessage): string {
  const header = headers['x-api-key'] ?? headers['x-goog-api-key'];
  if (typeof header === 'string') return header;
  return headers.authorization?.replace(/^Bearer /, '') ?? '';
}

function isKey(presented: string, key: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(presented), digest(key));
}
