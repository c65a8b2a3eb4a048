import { Frame } from './frame.ts';

/** A message as a WebSocket hands it over. */
export type Message = Buffer | ArrayBuffer | Buffer[];

/**
 * The frame a message holds, or undefined when it holds none. Characters that no database keeps (NUL, halves of a
 * surrogate pair) come out as U+FFFD: what a bot says may hold anything, and must not be what many share a write with.
 */
export function readFrame(message: Message): Frame | undefined {
  try {
    const text = textOf(message);
    return Frame.safeParse(mayHoldUnstorable.test(text) ? JSON.parse(text, storable) : JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Only as an escape can JSON hold them. */
const mayHoldUnstorable = /\\u(?:0000|d[89a-f])/i;

function storable(this: unknown, _key: string, value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [storableText(key), one]));
}

function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

function textOf(message: Message): string {
  if (Array.isArray(message)) return Buffer.concat(message).toString();
  return Buffer.isBuffer(message) ? message.toString() : Buffer.from(message).toString();
}
