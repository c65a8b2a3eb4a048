import type { RawData } from 'ws';
import { AnyFrame, IncomingFrame, knownFrames } from './protocol.ts';

/** What a frame says, or undefined when it is no JSON. */
export function readJson(data: RawData): unknown {
  try {
    return JSON.parse(textOf(data));
  } catch {
    return undefined;
  }
}

/** A frame of the gateway's; `skip` when it is of a type we do not know, and otherwise what is wrong with it. */
export function readIncoming(data: RawData): IncomingFrame | 'skip' | 'no JSON' | 'no frame' {
  const said = readJson(data);
  const frame = IncomingFrame.safeParse(said);
  if (frame.success) return frame.data;
  if (said === undefined) return 'no JSON';
  const any = AnyFrame.safeParse(said);
  return any.success && !knownFrames.includes(any.data.type) ? 'skip' : 'no frame';
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}
