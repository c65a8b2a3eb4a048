import type { Replica } from '@clawster/control-plane/replica/replica.queries';
import { Refusal } from '@clawster/domain/refusal';
import type { AskOptions } from '../link/link-connection.ts';
import type { Conversation, Credentials } from './credential.ts';
import { ForwardAnswer, type ForwardAsk, forwardPath, silenceMsMax, unframed } from './message.ts';

export type AskReplica = (replica: Replica, message: ForwardAsk, options?: AskOptions) => Promise<unknown>;

/** In place of a result: the replica does not hold this link, and nothing was done. */
export const notHeld = Symbol('not held');

/** The other end cuts requests by their own time; this one is for a replica that no longer does anything. */
const marginMs = 2_000;

/** Asks another replica, hands on its parts, and resolves with its result or `notHeld`; withdrawn there when the asker leaves. */
export async function askReplica(
  credentials: Credentials,
  { replica, message }: { replica: Replica; message: ForwardAsk },
  { signal, timeoutMs, onPart }: AskOptions = {},
): Promise<unknown> {
  const conversation = credentials.open(replica.id);
  const watch = silenceWatch(message.do === 'request' ? silenceMsMax : (timeoutMs ?? silenceMsMax));
  const ends = [watch.signal, signal, timeoutMs ? AbortSignal.timeout(timeoutMs + marginMs) : undefined];
  try {
    const response = await fetch(new URL(forwardPath, replica.internalUrl), {
      method: 'POST',
      headers: { authorization: conversation.header, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(conversation.seal(message)),
      redirect: 'error',
      signal: AbortSignal.any(ends.filter((end) => end !== undefined)),
    });
    if (!response.ok || !response.body) throw new Error(`It answered with ${response.status}`);
    return await readAnswer(conversation, response.body, { heard: watch.heard, onPart });
  } catch (error) {
    throw refusalFor(error, signal?.aborted === true);
  } finally {
    watch.stop();
  }
}

function refusalFor(cause: unknown, withdrawn: boolean): Error {
  if (cause instanceof Refusal || cause instanceof PartTrouble) return cause;
  if (withdrawn) return new Refusal('unavailable', 'The request was withdrawn');
  const sentence = 'The replica that holds the link to the bot cannot be reached: try again in a moment';
  return new Refusal('unavailable', sentence, { cause });
}

/** The asker choked on a part, as on one over a link of its own. */
class PartTrouble extends Error {}

type Reading = { heard: () => void; onPart: AskOptions['onPart'] };

async function readAnswer(
  conversation: Conversation,
  body: AsyncIterable<Uint8Array>,
  { heard, onPart }: Reading,
): Promise<unknown> {
  let last: ForwardAnswer | undefined;
  // To its end, so that the connection can be used again.
  for await (const sealed of unframed(body)) {
    heard();
    last = ForwardAnswer.parse(conversation.unseal(sealed));
    if (last.is === 'part') handOn(last.part, onPart);
  }
  switch (last?.is) {
    case 'result':
      return last.result;
    case 'refused':
      throw new Refusal(last.code, last.sentence);
    case 'not-held':
      return notHeld;
    case undefined:
    case 'alive':
    case 'part':
      throw new Refusal('unavailable', 'The link to the bot broke off: try again in a moment');
  }
}

function handOn(part: unknown, onPart: AskOptions['onPart']): void {
  try {
    onPart?.(part);
  } catch (cause) {
    throw new PartTrouble('The bot sent a part that is not as agreed', { cause });
  }
}

function silenceWatch(ms: number): { signal: AbortSignal; heard(): void; stop(): void } {
  const silent = new AbortController();
  const timer = setTimeout(() => silent.abort(new Error('The replica fell silent')), ms);
  return { signal: silent.signal, heard: () => void timer.refresh(), stop: () => clearTimeout(timer) };
}
