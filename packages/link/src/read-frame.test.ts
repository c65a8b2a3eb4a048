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

test('what no database keeps is replaced, in values and in keys, and what only looks like it is left alone', () => {
  const frame = (payload: string) => readFrame(Buffer.from(`{"type":"event","event":"report","payload":${payload}}`));
  expect(frame('{"a\\u0000":["x\\u0000y","\\ud83d","\\uDE00 z"]}')).toMatchObject({
    payload: { 'a\ufffd': ['x\ufffdy', '\ufffd', '\ufffd z'] },
  });
  expect(frame('["\\\\u0000", "\\ud83d\\ude00"]')).toMatchObject({ payload: ['\\u0000', '😀'] });
});
