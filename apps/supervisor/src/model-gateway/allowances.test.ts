import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DrawBudget, DrawnBudget, SharedBudget } from '@clawster/link/budget';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Allowances, openAllowances } from './allowances.ts';

const budget: SharedBudget = { id: 'b', name: 'Support', period: 'month', version: 1 };
const day = '2026-11-01';
const endsAt = '2026-12-01T00:00:00.000Z';

let folder: string;
let now: number;
let asked: DrawBudget[];
/** What the control plane says; a test puts another in its place. */
let answer: (ask: DrawBudget) => Promise<DrawnBudget>;
let open: Allowances[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allowances-'));
  now = Date.parse('2026-11-27T10:00:00Z');
  asked = [];
  open = [];
  answer = granting(1);
});
afterEach(async () => {
  for (const one of open) one.close();
  await rm(folder, { recursive: true });
});

const granting = (usd: number) => (ask: DrawBudget) =>
  Promise.resolve({
    startsOn: day,
    endsAt,
    allowedUsd: ask.wantsUsd > 0 ? Math.max(ask.allowedUsd, ask.spentUsd) + usd : ask.allowedUsd,
  });
const refusing = (why: 'spent' | 'reserved') => (ask: DrawBudget) =>
  Promise.resolve({ startsOn: day, endsAt, allowedUsd: ask.allowedUsd, refused: why });
const failing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

function started(): Allowances {
  const allowances = openAllowances({
    file: join(folder, 'allowance.json'),
    drawFrom: (ask) => {
      asked.push(ask);
      return answer(ask);
    },
    clock: () => new Date(now),
    steadyMs: () => now,
  });
  allowances.learn([budget]);
  open.push(allowances);
  return allowances;
}
/** One call that costs so much; why it did not go out otherwise. */
async function call(allowances: Allowances, usd: number): Promise<string | undefined> {
  const begun = await allowances.begin([budget]);
  if (typeof begun === 'string') return begun;
  begun(usd);
  return undefined;
}

test('a call waits for the first draw alone; more is drawn beside the calls before it is used up', async () => {
  const allowances = started();
  expect(await call(allowances, 0.3)).toBeUndefined();
  expect(asked).toMatchObject([{ budgetId: 'b', spentUsd: 0, allowedUsd: 0 }]);
  expect(asked[0]).not.toHaveProperty('startsOn');
  await call(allowances, 0.3);
  expect(asked).toHaveLength(1);
  const held = Promise.withResolvers<DrawnBudget>();
  answer = () => held.promise;
  expect(await call(allowances, 0.1)).toBeUndefined();
  expect(asked[1]).toMatchObject({ startsOn: day, spentUsd: 0.6, allowedUsd: 1 });
  expect(asked[1]?.wantsUsd).toBeGreaterThan(1);
  held.resolve({ startsOn: day, endsAt, allowedUsd: 2 });
});

test('calls at once wait for one draw together', async () => {
  const allowances = started();
  await Promise.all(Array.from({ length: 20 }, () => call(allowances, 0.01)));
  expect(asked).toHaveLength(1);
});

test('a refusal says who may lift it, and is asked for again after ten seconds, or once the budget changed', async () => {
  const allowances = started();
  answer = refusing('spent');
  expect(await call(allowances, 1)).toBe(
    'The budget Support of this month is spent; its bots go on again on 1 December at 00:00 UTC. Who may manage budgets can lift it under Cost, Budgets',
  );
  await call(allowances, 1);
  expect(asked).toHaveLength(1);
  now += 10_001;
  answer = refusing('reserved');
  expect(await call(allowances, 1)).toContain('is with other bots');
  expect(asked).toHaveLength(2);
  answer = granting(5);
  allowances.learn([{ ...budget, version: 2 }]);
  expect(await call(allowances, 1)).toBeUndefined();
});

test('without a control plane the bot spends what it was allowed, and is then stopped', async () => {
  const allowances = started();
  await call(allowances, 0.4);
  answer = failing('unavailable');
  expect(await call(allowances, 0.8)).toBeUndefined();
  expect(await call(allowances, 0.1)).toMatch(/^This bot has spent what it was allowed .* when the link is back$/);
  now += 10_001;
  answer = failing('unknown-method');
  expect(await call(allowances, 0.1)).toContain('Update the server');
});

test('a killed supervisor goes on where it was: what it was allowed is neither lost nor had twice', async () => {
  await call(started(), 0.4);
  answer = failing('unavailable');
  const again = started();
  expect(await call(again, 0.4)).toBeUndefined();
  expect(await call(again, 0.4)).toBeUndefined();
  expect(await call(again, 0.1)).toContain('when the link is back');
  expect(new Set(asked.map(({ book }) => book)).size).toBe(1);
});

test('what is not used is given back, and is not spent here any more even if nobody hears of it', async () => {
  const allowances = started();
  await call(allowances, 0.25);
  answer = failing('unavailable');
  await allowances.giveBack();
  expect(asked.at(-1)).toMatchObject({ spentUsd: 0.25, allowedUsd: 0.25, wantsUsd: 0 });
  expect(await call(allowances, 0.1)).toContain('when the link is back');
});

test('an answer that comes too late allows nothing', async () => {
  const allowances = started();
  const late = Promise.withResolvers<DrawnBudget>();
  answer = () => late.promise;
  expect(await call(allowances, 0.1)).toContain('when the link is back');
  late.resolve({ startsOn: day, endsAt, allowedUsd: 100 });
  await late.promise;
  expect(await call(allowances, 0.1)).toContain('when the link is back');
  now += 10_001;
  answer = granting(1);
  await call(allowances, 0.1);
  expect(asked.at(-1)).toMatchObject({ allowedUsd: 0 });
});

test('what was allowed ends with its period; a call that outlasts it is counted in the next', async () => {
  const allowances = started();
  const begun = await allowances.begin([budget]);
  await call(allowances, 0.2);
  now = Date.parse(endsAt);
  answer = async (ask) => {
    // It ends while the control plane is asked.
    if (typeof begun === 'function') begun(0.07);
    expect(ask).toMatchObject({ startsOn: day, spentUsd: 0.2, allowedUsd: 1 });
    return { startsOn: '2026-12-01', endsAt: '2027-01-01T00:00:00.000Z', allowedUsd: 1 };
  };
  expect(await call(allowances, 0.5)).toBeUndefined();
  answer = granting(1);
  await allowances.giveBack();
  expect(asked.at(-1)).toMatchObject({ startsOn: '2026-12-01', allowedUsd: expect.closeTo(0.57, 9) });
});
