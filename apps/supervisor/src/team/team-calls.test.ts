import { expect, test } from 'vitest';
import { AskRefused } from '../link/ask-control-plane.ts';
import type { LinkClient } from '../link/link-client.ts';
import { TeamCalls } from './team-calls.ts';

type Answer = () => unknown;
const waits = { text: '', isError: false, waitMs: 60_000 };
const away = new AskRefused('unavailable', 'There is no link to the control plane');

/** A control plane that answers each method as it is told; what it was asked is kept. */
function calling(answers: Record<string, Answer>, awayMsMax = 5_000) {
  const asked: string[] = [];
  const ask = (async (method: string) => {
    asked.push(method);
    return answers[method]?.() ?? {};
  }) as LinkClient['ask'];
  return { asked, calls: new TeamCalls({ ask, awayMsMax }) };
}
const call = { callId: 'c', tool: 'delegate', arguments: {} };
const never = new AbortController().signal;
const fail = (error: Error) => () => {
  throw error;
};

test('a call that waits is answered when it is settled', async () => {
  const { calls } = calling({ 'team.call': () => waits });
  const answered = calls.call(call, never);
  setTimeout(() => calls.settle('c', { text: 'done', isError: false }), 20);
  expect(await answered).toEqual({ text: 'done', isError: false });
});

test('one that was settled while the link was away is asked for once there is a link', async () => {
  const { calls, asked } = calling({
    'team.call': () => waits,
    'team.await': () => ({ text: 'late', isError: false }),
  });
  const answered = calls.call(call, never);
  setTimeout(() => calls.linked(), 20);
  expect((await answered).text).toBe('late');
  expect(asked).toEqual(['team.call', 'team.await']);
});

test('one whose time is over is asked for', async () => {
  const { calls } = calling({
    'team.call': () => ({ ...waits, waitMs: 5 }),
    'team.await': () => ({ text: 'so far', isError: false }),
  });
  expect((await calls.call(call, never)).text).toBe('so far');
});

test('an answer to a call that nobody waits for is let go', () =>
  expect(() => calling({}).calls.settle('other', { text: '', isError: false })).not.toThrow());

test('a link that is away is waited for, and the same call goes up then', async () => {
  let isAway = true;
  const { calls, asked } = calling({ 'team.call': () => (isAway ? fail(away)() : { text: 'ok', isError: false }) });
  const answered = calls.call(call, never);
  setTimeout(() => {
    isAway = false;
    calls.linked();
  }, 20);
  expect((await answered).text).toBe('ok');
  expect(asked).toEqual(['team.call', 'team.call']);
});

test('one that stays away is told to the model in a sentence', async () => {
  const { calls } = calling({ 'team.call': fail(away) }, 20);
  expect(await calls.call(call, never)).toEqual({ text: expect.stringContaining('cannot be reached'), isError: true });
});

test('what the control plane refuses, the model is told in its words', async () => {
  const { calls } = calling({ 'team.call': fail(new AskRefused('refused', 'No rule lets you')) });
  expect(await calls.call(call, never)).toEqual({ text: 'No rule lets you', isError: true });
});

test('a call whose turn was ended is dropped, also when the link was away just then', async () => {
  let isAway = true;
  const { calls, asked } = calling({ 'team.call': () => waits, 'team.drop': () => (isAway ? fail(away)() : {}) });
  const abort = new AbortController();
  const answered = calls.call(call, abort.signal);
  setTimeout(() => abort.abort(new Error('given up')), 20);
  await expect(answered).rejects.toThrow('given up');
  isAway = false;
  await expect.poll(() => asked.filter((method) => method === 'team.drop').length).toBe(1);
  calls.linked();
  calls.linked();
  expect(asked.filter((method) => method === 'team.drop')).toHaveLength(3);
  await Promise.resolve();
  calls.linked();
  expect(asked.filter((method) => method === 'team.drop')).toHaveLength(3);
});

test('a result that is too long is cut, and says so', async () => {
  const { calls } = calling({ 'team.call': () => ({ text: 'x'.repeat(200_000), isError: false }) });
  const { text } = await calls.call(call, never);
  expect([text.length < 101_000, text.endsWith('too long]')]).toEqual([true, true]);
});
