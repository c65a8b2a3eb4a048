import type { OutputOf, ParsedInputOf, Route } from '@clawster/contract/route';
import type { Caller, SignedIn } from './caller.ts';
import type { StreamAsk, StreamContext } from './command.ts';
import { admit, parseInput } from './enter.ts';
import type { ControlPlane } from './plane.ts';
import { inTransaction, type Tx } from './transaction.ts';

export type QueryContext = { tx: Tx; caller: SignedIn; plane: ControlPlane };

/** A read: the input and the permission are checked first, and the transaction can write nothing. */
export function query<R extends Route>(
  route: R,
  work: (context: QueryContext, input: ParsedInputOf<R>) => Promise<OutputOf<R>>,
) {
  return async (plane: ControlPlane, caller: Caller, raw: unknown): Promise<OutputOf<R>> => {
    const admitted = admit(route, caller);
    const input = parseInput(route, raw);
    return readAs(plane, admitted.workspaceId, (tx) => work({ tx, caller: admitted, plane }, input));
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

/** Reads one workspace, for a streaming route or a loop. */
export function readAs<T>(
  plane: Pick<ControlPlane, 'db'>,
  workspaceId: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return inTransaction(plane, { tenancy: { workspaceId }, readOnly: true }, work);
}

/** Reads all workspaces: for the loops, the link and the sign-in, which find out by it where they are. */
export function systemQuery<T>(plane: Pick<ControlPlane, 'db'>, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(plane, { tenancy: 'system', readOnly: true }, work);
}
