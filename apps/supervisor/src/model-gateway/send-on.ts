import type { ServerResponse } from 'node:http';
import type { Filter } from './hide-usage.ts';

/** An answer as it comes, and who looks at it on its way. */
export type Passage = {
  first: Buffer | undefined;
  rest: AsyncIterator<Buffer>;
  see: (chunk: Buffer) => void;
  filter: Filter | undefined;
};

/** Sends an answer on chunk by chunk, no faster than it is taken; throws when it breaks off, or nobody listens any more. */
export async function sendOn(response: ServerResponse, { first, rest, see, filter }: Passage): Promise<void> {
  for (let chunk = first; chunk;) {
    see(chunk);
    const passed = filter ? filter.pass(chunk) : chunk;
    if (passed.length > 0 && !response.write(passed)) await drained(response);
    if (response.destroyed) {
      await rest.return?.();
      throw new Error('Nobody listens any more');
    }
    const next = await rest.next();
    chunk = next.done ? undefined : next.value;
  }
  response.end(filter?.end());
}

/** When this response can take more, or nobody takes it any more. */
export function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
