import { Frame } from './frame.ts';

/** A message as a WebSocket hands it over. */
export type Message = Buffer | ArrayBuffer | Buffer[];

/** The frame a message holds, or undefined when it holds none. */
export function readFrame(message: Message): Frame | undefined {
  try {
    return Frame.safeParse(JSON.parse(textOf(message))).data;
  } catch {
    return undefined;
  }
}

function textOf(message: Message): string {
  if (Array.isArray(message)) return Buffer.concat(message).toString();
  return Buffer.isBuffer(message) ? message.toString() : Buffer.from(message).toString();
}
