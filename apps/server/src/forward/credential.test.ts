import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Conversation, replicaCredentials } from './credential.ts';

const key = randomBytes(32);
let time = 1_000_000_000;
const at = (id: string, some = key) => replicaCredentials(some, { id, nowMs: () => time });
const accepted = (answer: ReturnType<ReturnType<typeof at>['accept']>): Conversation => {
  if ('refused' in answer) throw new Error(answer.refused);
  return answer;
};

test('a replica of the installation is let in, and both understand each other', () => {
  const asking = at('a').open('b');
  const answering = accepted(at('b').accept(asking.header));
  expect(answering.unseal(asking.seal({ do: 'this' }))).toEqual({ do: 'this' });
  for (const answer of ['one', 'two']) expect(asking.unseal(answering.seal(answer))).toBe(answer);
});

test('a credential is let in once', () => {
  const b = at('b');
  const { header } = at('a').open('b');
  accepted(b.accept(header));
  expect(b.accept(header)).toEqual({ refused: 'its credential was used before' });
});

test('a credential is forgotten only when it is outdated', () => {
  const b = at('b');
  const { header } = at('a').open('b');
  accepted(b.accept(header));
  time += 14_000;
  accepted(b.accept(at('a').open('b').header));
  expect(b.accept(header)).toEqual({ refused: 'its credential was used before' });
  time += 2_000;
  expect(b.accept(header)).toEqual({ refused: 'its credential is outdated' });
});

test.each<[string, () => string | undefined]>([
  ['none', () => undefined],
  ['an API key', () => 'Bearer claw_x'],
  ['an empty one', () => 'Clawster-Replica '],
  ['one made with another key', () => at('a', randomBytes(32)).open('b').header],
  ['one for another replica', () => at('a').open('c').header],
  ['one from the future', () => replicaCredentials(key, { id: 'a', nowMs: () => time + 20_000 }).open('b').header],
])('whoever brings %s is refused', (_, header) => expect(at('b').accept(header())).toHaveProperty('refused'));

test('a credential of which any letter was changed is refused', () => {
  const { header } = at('a').open('b');
  for (let index = 'Clawster-Replica '.length; index < header.length - 1; index += 1) {
    const letter = header[index] === '1' ? '2' : '1';
    if (header[index] === '.') continue;
    expect(at('b').accept(header.slice(0, index) + letter + header.slice(index + 1))).toHaveProperty('refused');
  }
});

test('a message that was altered, repeated, left out or sent back does not open', () => {
  const conversation = () => {
    const asking = at('a').open('b');
    return { asking, answering: accepted(at('b').accept(asking.header)) };
  };
  const altered = conversation();
  const bytes = altered.asking.seal('hello');
  bytes[20] = (bytes[20] as number) ^ 1;
  expect(() => altered.answering.unseal(bytes)).toThrow('altered');

  const repeated = conversation();
  const once = repeated.asking.seal('once');
  repeated.answering.unseal(once);
  expect(() => repeated.answering.unseal(once)).toThrow('altered');

  const leftOut = conversation();
  leftOut.answering.seal('first');
  expect(() => leftOut.asking.unseal(leftOut.answering.seal('second'))).toThrow('altered');

  const sentBack = conversation();
  expect(() => sentBack.asking.unseal(sentBack.asking.seal('mine'))).toThrow('altered');
});
