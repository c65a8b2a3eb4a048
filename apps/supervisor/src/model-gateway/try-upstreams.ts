import { setTimeout as sleep } from 'node:timers/promises';
import type { PlannedUpstream } from '@clawster/link/model-plan';
import type { Asked } from './read-request.ts';
import { callUpstream, UpstreamTrouble } from './upstream.ts';

/** An answer that begins: its first chunk is here, and nothing was told to the bot yet. */
export type Answering = {
  upstream: PlannedUpstream;
  index: number;
  tries: number;
  status: number;
  contentType: string;
  first: Buffer | undefined;
  rest: AsyncIterator<Buffer>;
};

export type Trying = {
  asked: Asked;
  /** In the order in which they are asked; one at least. */
  upstreams: PlannedUpstream[];
  retries: number;
  signal: AbortSignal;
  onTry: (upstream: PlannedUpstream, tries: number) => void;
};

/** The longest that is waited before the next try, whatever a provider asks for: a person waits too. */
const pauseMsMax = 3_000;

/**
 * The first upstream that answers. One that is busy (429), in trouble (5xx) or not to be reached is asked again as often
 * as the plan says; then, and where it refuses key or model, the next is. What is wrong with the request itself is told
 * as it is: another would refuse it too.
 */
export async function tryUpstreams(trying: Trying): Promise<Answering> {
  const tries = { count: 0 };
  const lastIndex = trying.upstreams.length - 1;
  for (const [index, upstream] of trying.upstreams.entries()) {
    const outcome = await askOften(trying, upstream, tries);
    const standsIn = index < lastIndex;
    if ('answer' in outcome) {
      if (!outcome.isPassing || !standsIn) return { upstream, index, tries: tries.count, ...outcome.answer };
      await outcome.answer.rest.return?.();
    } else if (!standsIn) throw outcome.trouble;
  }
  throw new Error('There was no upstream to try');
}

/** What one upstream said at last. */
async function askOften(trying: Trying, upstream: PlannedUpstream, tries: { count: number }): Promise<Outcome> {
  for (let before = 0; ; before += 1) {
    tries.count += 1;
    trying.onTry(upstream, tries.count);
    const outcome = await attempt(trying, upstream);
    if (!outcome.isPassing || before >= trying.retries) return outcome;
    if ('answer' in outcome) await outcome.answer.rest.return?.();
    await sleep(pauseMs(before, outcome.retryAfter), undefined, { signal: trying.signal });
  }
}

type Begun = Pick<Answering, 'status' | 'contentType' | 'first' | 'rest'>;
type Outcome = { isPassing: boolean; retryAfter?: string | undefined } & (
  | { answer: Begun }
  | { trouble: UpstreamTrouble }
);

async function attempt({ asked, signal }: Trying, upstream: PlannedUpstream): Promise<Outcome> {
  try {
    const { statusCode: status, headers, body } = await callUpstream(upstream, asked, signal);
    const rest = (body as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    const first = await firstOf(rest, signal);
    const contentType = String(headers['content-type'] ?? 'application/json');
    const isPassing = status === 429 || status >= 500;
    return { isPassing, retryAfter: headers['retry-after']?.toString(), answer: { status, contentType, first, rest } };
  } catch (error) {
    if (error instanceof UpstreamTrouble) return { isPassing: error.isPassing, trouble: error };
    throw error;
  }
}

/** Until the first byte nothing is lost: a connection that breaks before it may be tried again. */
async function firstOf(rest: AsyncIterator<Buffer>, signal: AbortSignal): Promise<Buffer | undefined> {
  try {
    const { value, done } = await rest.next();
    return done ? undefined : value;
  } catch (error) {
    if (signal.aborted) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new UpstreamTrouble('provider-broke-off', `The model provider broke off before its first word (${why})`, {
      cause: error,
      isPassing: true,
    });
  }
}

function pauseMs(triesBefore: number, retryAfter: string | undefined): number {
  const asked = Number(retryAfter) * 1_000;
  const own = 250 * 2 ** triesBefore * (0.75 + Math.random() / 2);
  return Math.min(pauseMsMax, asked > 0 ? asked : own);
}
