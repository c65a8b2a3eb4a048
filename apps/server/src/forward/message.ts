import { HaltMode } from '@clawster/contract/fleet';
import { RefusalCode } from '@clawster/contract/problem';
import { supervisorMethods, type SupervisorMethod } from '@clawster/link/supervisor-methods';
import { z } from 'zod';

/** Where replicas speak to one another. */
export const forwardPath = '/internal/link';
/** The server says at least this often that it is still there; a replica that is silent for longer than the other is given up. */
export const aliveEveryMs = 3_000;
export const silenceMsMax = 10_000;
/** As large as a frame of the link, and what sealing adds. */
export const forwardBytesMax = 5 * 1024 * 1024;

const method = z.enum(Object.keys(supervisorMethods) as [SupervisorMethod, ...SupervisorMethod[]]);

/** What one replica asks of another. */
export const ForwardAsk = z.discriminatedUnion('do', [
  z.object({ do: z.literal('request'), botId: z.uuid(), method, params: z.unknown(), timeoutMs: z.int().optional() }),
  z.object({ do: z.literal('close'), botId: z.uuid(), code: z.int(), reason: z.string() }),
  z.object({
    do: z.literal('halt'),
    workspaceId: z.uuid(),
    bots: z.union([z.literal('all'), z.array(z.uuid())]),
    mode: HaltMode,
  }),
]);
export type ForwardAsk = z.infer<typeof ForwardAsk>;

/** What comes back: any number of parts, then one of the others. */
export const ForwardAnswer = z.discriminatedUnion('is', [
  z.object({ is: z.literal('alive') }),
  z.object({ is: z.literal('part'), part: z.unknown() }),
  z.object({ is: z.literal('result'), result: z.unknown() }),
  z.object({ is: z.literal('refused'), code: RefusalCode, sentence: z.string() }),
  /** The link is not here: nothing was done. */
  z.object({ is: z.literal('not-held') }),
]);
export type ForwardAnswer = z.infer<typeof ForwardAnswer>;

/** A message on the wire: its length, then what was sealed. */
export function framed(sealed: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(sealed.length);
  return Buffer.concat([length, sealed]);
}

/** The messages in a stream of bytes; throws when one is larger than any may be. */
export async function* unframed(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const chunk of bytes) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4) {
      const length = rest.readUInt32BE();
      if (length > forwardBytesMax) throw new Error('A replica sent a message that is too large');
      if (rest.length < 4 + length) break;
      yield rest.subarray(4, 4 + length);
      rest = rest.subarray(4 + length);
    }
  }
}
