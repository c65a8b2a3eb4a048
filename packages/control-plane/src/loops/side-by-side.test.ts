import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { ControlPlane } from '../plane.ts';
import { loopRunner } from './run-loops.ts';
import { sideBySide } from './side-by-side.ts';

/** A queue whose items take as long as they say. */
function queue(items: number[], troubleAt?: number) {
  const seen = { asked: [] as number[], now: 0, most: 0, ended: 0 };
  return {
    seen,
    way: {
      atOnceMax: 2,
      lookAgainMs: 10,
      isOver: () => false,
      async lease(room: number) {
        seen.asked.push(room);
        if (seen.asked.length === troubleAt) throw new Error('The database is away');
        return items.splice(0, room);
      },
      async work(ms: number) {
        seen.most = Math.max(seen.most, ++seen.now);
        await sleep(ms);
        seen.now -= 1;
        seen.ended += 1;
      },
    },
  };
}

test('all that is due is done, never more at once than may be, and nothing is asked for without room', async () => {
  const { seen, way } = queue([1_000, 5, 5, 5, 5]);
  await sideBySide(way);
  expect(seen).toMatchObject({ ended: 5, most: 2, now: 0 });
  expect(Math.min(...seen.asked)).toBe(1);
});

test('a look that fails while others are under way is made again; the pass ends with nothing under way', async () => {
  const { seen, way } = queue([80, 5, 5], 2);
  await sideBySide(way);
  expect(seen).toMatchObject({ ended: 3, most: 2, now: 0 });
});

test('a look that fails while nothing is under way is told', async () => {
  await expect(sideBySide(queue([5], 1).way)).rejects.toThrow('The database is away');
});

test('work that fails ends the pass when the others have ended, too', async () => {
  const { seen, way } = queue([5, 60]);
  const work = async (ms: number) => {
    await way.work(ms);
    if (ms === 5) throw new Error('Nobody caught this');
  };
  await expect(sideBySide({ ...way, work })).rejects.toThrow('Nobody caught this');
  expect(seen).toMatchObject({ ended: 2, now: 0 });
});

test('once it is over nothing more is taken', async () => {
  const { seen, way } = queue([5, 5, 5]);
  await sideBySide({ ...way, isOver: () => seen.ended > 0 });
  expect(seen).toMatchObject({ ended: 2, now: 0 });
});

test('one that is called for while another is under way is looked for at once, without a look in vain', async () => {
  const items = [1_000];
  const { seen, way } = queue(items);
  const loop = loopRunner([
    {
      name: 'test',
      everyMs: 60_000,
      wakesOn: ['bot'],
      pass: (_plane, _signal, calls) => sideBySide({ ...way, lookAgainMs: 60_000, calls }),
    },
  ]);
  const stop = new AbortController();
  const running = loop.run({} as ControlPlane, stop.signal);
  await sleep(100);
  items.push(5);
  loop.wake(['connector']);
  await sleep(100);
  expect(seen).toMatchObject({ asked: [2], ended: 0 });
  loop.wake(['bot']);
  await vi.waitUntil(() => seen.ended === 1, { timeout: 800 });
  expect(seen.now).toBe(1);
  stop.abort();
  await running;
});
