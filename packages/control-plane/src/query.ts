import type { OutputOf, ParsedInputOf, Route } from '@clawster/contract/route';
import type { Caller, SignedIn } from './caller.ts';
import type { StreamAsk, StreamContext } from './command.ts';
import { admit, parseInput } from './enter.ts';
import type { ControlPlane } from './plane.ts';
import { refuseBeyond } from './access/refuse-beyond.ts';
import { inTransaction, type Place, type Tx } from './transaction.ts';

export type QueryContext = { tx: Tx; caller: SignedIn; plane: ControlPlane };

/** A read: the input and the permission are checked first, and the transaction can write nothing. */
export function query<R extends Route>(
  route: R,
  work: (context: QueryContext, input: ParsedInputOf<R>) => Promise<OutputOf<R>>,
) {
  return async (plane: ControlPlane, caller: Caller, raw: unknown): Promise<OutputOf<R>> => {
    const admitted = admit(route, caller);
    const input = parseInput(route, raw);
    return readAs(plane, admitted, async (tx) => {
      await refuseBeyond(tx, admitted, input);
      return work({ tx, caller: admitted, plane }, input);
    });
  };
}

/** A read that answers in a stream, outside any transaction; what it refuses, it refuses before the first part. */
export function streamQuery<R extends Route>(
  route: R,
  work: (context: StreamContext, input: ParsedInputOf<R>) => Promise<AsyncIterable<OutputOf<R>>>,
) {
  return async (
    plane: ControlPlane,
    caller: Caller,
    { input: raw, signal }: StreamAsk,
  ): Promise<AsyncIterable<OutputOf<R>>> => {
    const admitted = admit(route, caller);
    const input = parseInput(route, raw);
    return work({ plane, caller: admitted, signal }, input);
  };
}

/** Reads one workspace, for a loop or, with the caller that was let in as its place, for a route. */
export function readAs<T>(plane: Pick<ControlPlane, 'db'>, place: Place, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { workspaceId, reach } = place;
  return inTransaction(plane, { tenancy: { workspaceId, reach }, readOnly: true }, work);
}

/** Reads all workspaces: for the loops, the link and the sign-in, which find out by it where they are. */
export function systemQuery<T>(plane: Pick<ControlPlane, 'db'>, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(plane, { tenancy: 'system', readOnly: true }, work);
}
