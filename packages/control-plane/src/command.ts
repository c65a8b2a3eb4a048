import type { EventType } from '@clawster/contract/event';
import type { OutputOf, ParsedInputOf, Route } from '@clawster/contract/route';
import { Refusal } from '@clawster/domain/refusal';
import { afterCommit } from './after-commit.ts';
import { refuseBeyond, withinReach } from './access/refuse-beyond.ts';
import { authorOf, type Caller, type SignedIn } from './caller.ts';
import { admit, parseInput } from './enter.ts';
import { recorder, type RecordEvent, type RecordEvents } from './event/recorder.ts';
import { type Asked, onlyOnce } from './idempotency/only-once.ts';
import type { ControlPlane } from './plane.ts';
import { inTransaction, type Tx } from './transaction.ts';

export type CommandContext = {
  tx: Tx;
  caller: SignedIn;
  record: RecordEvent;
  recordAll: RecordEvents;
  plane: ControlPlane;
};
/** What is asked of a stream, and for how long the asker listens. */
export type StreamAsk = { input: unknown; signal: AbortSignal };
export type StreamContext = { plane: ControlPlane; caller: SignedIn; signal: AbortSignal };

/**
 * A mutation, checked, atomic and recorded by construction: the input and the permission are checked first,
 * all writes are one transaction in the caller's workspace, and one that records no event throws.
 */
export function command<R extends Route>(
  route: R,
  work: (context: CommandContext, input: ParsedInputOf<R>) => Promise<OutputOf<R>>,
) {
  return async (plane: ControlPlane, caller: Caller, raw: unknown): Promise<OutputOf<R>> => {
    const admitted = admit(route, caller);
    const input = parseInput(route, raw);
    return write(plane, { route, caller: admitted, input }, (context) => work(context, input));
  };
}

/** A mutation that answers in a stream: `begin` is the recorded transaction, `stream` runs after its commit. */
export function streamCommand<R extends Route, Begun>(
  route: R,
  parts: {
    begin: (context: CommandContext, input: ParsedInputOf<R>) => Promise<Begun>;
    stream: (context: StreamContext, input: ParsedInputOf<R>, begun: Begun) => AsyncIterable<OutputOf<R>>;
  },
) {
  return async (
    plane: ControlPlane,
    caller: Caller,
    { input: raw, signal }: StreamAsk,
  ): Promise<AsyncIterable<OutputOf<R>>> => {
    const admitted = admit(route, caller);
    const input = parseInput(route, raw);
    // What it streamed is kept nowhere: asked again under the same key, it is not begun again.
    let begun: { it: Begun } | undefined;
    await write(plane, { route, caller: admitted, input }, async (context) => {
      begun = { it: await parts.begin(context, input) };
    });
    if (!begun) throw new Refusal('conflict', 'This was asked already under this Idempotency-Key: see what came of it');
    return parts.stream({ plane, caller: admitted, signal }, input, begun.it);
  };
}

async function write<T>(plane: ControlPlane, asked: Asked, work: (context: CommandContext) => Promise<T>): Promise<T> {
  const { caller } = asked;
  const { workspaceId, reach } = caller;
  const tenancy = { workspaceId, reach };
  const { answer, types } = await withinReach(caller, () =>
    inTransaction(plane, { tenancy }, async (tx) => {
      await refuseBeyond(tx, caller, asked.input);
      const once = await onlyOnce(tx, plane, asked);
      // Only what this very route answered is kept under its name.
      if (once.answered) return { answer: once.answer as T, types: new Set<EventType>() };
      const { record, recordAll, finish } = recorder(tx, authorOf(caller), tenancy);
      const answer = await work({ tx, caller, record, recordAll, plane });
      await once.keep(answer);
      return { answer, types: await finish() };
    }),
  );
  afterCommit(plane, types);
  return answer;
}
