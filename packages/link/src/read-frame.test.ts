import { expect, test } from 'vitest';
import { readFrame } from './read-frame.ts';

const ack = { type: 'ack', epoch: 1, sequence: 7 };
const bytes = Buffer.from(JSON.stringify(ack));

test.each([
  ['in one piece', bytes],
  ['in fragments', [bytes.subarray(0, 9), bytes.subarray(9)]],
  ['as plain memory', Uint8Array.from(bytes).buffer],
])('a frame is read that comes %s', (_, message) => expect(readFrame(message)).toEqual(ack));

test.each(['', 'not JSON', '[]', '{"type":"nothing"}'])('%j is no frame, and does no harm', (text) =>
  expect(readFrame(Buffer.from(text))).toBeUndefined(),
);
