import { randomUUID } from 'node:crypto';
import { deleteBudget } from '@clawster/control-plane/budget/delete-budget';
import { endLift, liftBudget } from '@clawster/control-plane/budget/lift-budget';
import { listBudgets } from '@clawster/control-plane/budget/list-budgets';
import { updateBudget } from '@clawster/control-plane/budget/update-budget';
import { watchBudgets } from '@clawster/control-plane/budget/watch-budgets';
import { destroyBot } from '@clawster/control-plane/bot/destroy-bot';
import { labelBot } from '@clawster/control-plane/bot/label-bot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { supervisorAnswers } from './answer-supervisor.ts';
import { testBudgets } from './test-budgets.ts';
import { newWorkspace, type TestInstallation, testInstallation } from './test-installation.ts';

let installation: TestInstallation;
beforeAll(async () => {
  installation = await testInstallation({ loops: false });
});
afterAll(() => installation.close());

const { call, linked, made, shown, draw, spend, generationOf } = testBudgets(() => installation);
const watch = () => watchBudgets(installation.plane, AbortSignal.timeout(60_000));
const told = (budgetId: string) =>
  installation.database
    .rows(
      `select concat_ws(' ', type, detail->>'percent') as said from event where subject_id = '${budgetId}' order by id`,
    )
    .then((rows) => rows.map(({ said }) => said));

test('bots of a budget are granted no more than the limit together, and it is told what each may still spend', async () => {
  const [ada, bob] = [await linked({ team: 'one' }), await linked({ team: 'one' })];
  const { id } = await made({ scope: { labels: { team: 'one' } } });
  const first = await draw(ada, id);
  const second = await draw(bob, id);
  expect([first.allowedUsd, second.allowedUsd]).toEqual([5, 1.25]);
  const { startsOn } = first;
  await draw(ada, id, { startsOn, spentUsd: 5, allowedUsd: 5 });
  const budget = await shown(id);
  expect(budget.use).toMatchObject({ limitUsd: 10, spentUsd: 5 });
  expect(budget.shares.map(({ spentUsd }) => spentUsd)).toEqual([5, 0]);
  const draws = await Promise.all(
    Array.from({ length: 20 }, (_, at) => draw(at % 2 ? ada : bob, id, { book: `book ${at}`, wantsUsd: 3 })),
  );
  expect(draws.some(({ refused }) => refused === 'reserved')).toBe(true);
  const after = await shown(id);
  expect(after.use.spentUsd + after.use.reservedUsd).toBeCloseTo(10, 9);
});

test('a message that comes twice, or over a link that was replaced, changes nothing', async () => {
  const ada = await linked({ team: 'two' });
  const { id } = await made({ scope: { labels: { team: 'two' } } });
  const { allowedUsd, startsOn } = await draw(ada, id);
  expect((await draw(ada, id)).allowedUsd).toBe(allowedUsd);
  await draw({ ...ada, epoch: 2 }, id, { startsOn, spentUsd: 4, allowedUsd, wantsUsd: 0 });
  await expect(draw(ada, id, { startsOn, spentUsd: 1, allowedUsd })).rejects.toThrow('newer link');
  expect((await shown(id)).use).toMatchObject({ spentUsd: 4, reservedUsd: allowedUsd - 4 });
});

test('a bot that comes back without its book is granted anew; what the first book held stays reserved', async () => {
  const ada = await linked({ team: 'three' });
  const { id } = await made({ scope: { labels: { team: 'three' } } });
  await draw(ada, id);
  const again = await draw({ ...ada, epoch: 2 }, id, { book: 'another' });
  expect([again.allowedUsd, (await shown(id)).use.reservedUsd]).toEqual([1.25, 6.25]);
});

test('a bot that is destroyed is granted nothing more, and may still say what it spent and give back the rest', async () => {
  const ada = await linked({ team: 'destroyed' });
  const { id } = await made({ scope: { labels: { team: 'destroyed' } } });
  const { allowedUsd, startsOn } = await draw(ada, id);
  await destroyBot(installation.plane, installation.caller, { botId: ada.botId });
  await expect(draw(ada, id, { startsOn, spentUsd: 2, allowedUsd })).rejects.toThrow('was destroyed');
  await draw(ada, id, { startsOn, spentUsd: 2, allowedUsd: 2, wantsUsd: 0 });
  expect((await shown(id)).use).toMatchObject({ spentUsd: 2, reservedUsd: 0 });
});

test('what was spent before the budget counts, of its bots and its channel alone', async () => {
  const [ada, bob] = [await linked({ team: 'four' }), await linked()];
  await spend(ada, call(2, { channel: 'telegram' }), call(3));
  await spend(bob, call(100));
  const scope = { labels: { team: 'four' } };
  expect((await made({ scope })).use.spentUsd).toBe(5);
  expect((await made({ scope, channel: 'telegram' })).use.spentUsd).toBe(2);
  expect((await made({ scope: { botId: bob.botId }, hard: false })).use.spentUsd).toBe(100);
});

test('each percentage is told once; a spent one is told, lifted with a reason, and told to go on', async () => {
  const ada = await linked({ team: 'five' });
  const { id } = await made({ scope: { labels: { team: 'five' } }, warnAt: [50, 80, 100] });
  const { startsOn } = await draw(ada, id, { wantsUsd: 100 });
  await draw(ada, id, { startsOn, spentUsd: 6, allowedUsd: 10, wantsUsd: 0 });
  await watch();
  await watch();
  expect(await told(id)).toEqual(['budget-created', 'budget-warned 50']);
  expect((await draw(ada, id, { startsOn, spentUsd: 10.5, allowedUsd: 10 })).refused).toBe('spent');
  await watch();
  await watch();
  expect((await shown(id)).use.spentAt).toBeDefined();
  const before = await generationOf(ada);
  const ask = { budgetId: id, usd: 5, reason: 'Black Friday' };
  expect((await liftBudget(installation.plane, installation.caller, ask)).use).toMatchObject({
    limitUsd: 15,
    lift: { reason: 'Black Friday', by: 'Ada' },
  });
  expect(await generationOf(ada)).toBe(before + 1);
  await watch();
  expect(await told(id)).toEqual([
    'budget-created',
    'budget-warned 50',
    'budget-spent',
    'budget-lifted',
    'budget-resumed',
  ]);
  expect((await shown(id)).use.spentAt).toBeUndefined();
  expect((await draw(ada, id, { startsOn, spentUsd: 10.5, allowedUsd: 10 })).allowedUsd).toBeGreaterThan(10.5);
  await endLift(installation.plane, installation.caller, { budgetId: id });
  await expect(endLift(installation.plane, installation.caller, { budgetId: id })).rejects.toThrow('is not lifted');
});

test('without a limit for a while, what is allowed ends with that while', async () => {
  const ada = await linked({ team: 'six' });
  const { id } = await made({ scope: { labels: { team: 'six' } }, limitUsd: 1 });
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await liftBudget(installation.plane, installation.caller, { budgetId: id, until, reason: 'A test' });
  const drawn = await draw(ada, id, { wantsUsd: 50 });
  expect([drawn.allowedUsd, drawn.endsAt]).toEqual([50, until]);
  expect((await shown(id)).use.limitUsd).toBeUndefined();
});

test('what was spent in a period that is over is taken down there, and the next begins with nothing', async () => {
  const ada = await linked({ team: 'seven' });
  const { id } = await made({ scope: { labels: { team: 'seven' } }, period: 'day' });
  const { startsOn } = await draw(ada, id);
  await installation.database.rows(
    `insert into budget_period (budget_id, workspace_id, starts_on, spent_at)
      select budget_id, workspace_id, starts_on - 1, now() from budget_period where budget_id = '${id}'`,
  );
  await installation.database.rows(`update budget_allowance set starts_on = starts_on - 1 where budget_id = '${id}'`);
  const yesterday = new Date(Date.parse(startsOn) - 86_400_000).toISOString().slice(0, 10);
  const drawn = await draw(ada, id, { startsOn: yesterday, spentUsd: 4, allowedUsd: 5 });
  expect(drawn).toMatchObject({ startsOn, allowedUsd: 5 });
  const [old] = await installation.database.rows(
    `select spent_usd as spent, granted_usd as granted from budget_allowance where budget_id = '${id}' and starts_on = '${yesterday}'`,
  );
  expect([Number(old?.['spent']), Number(old?.['granted'])]).toEqual([4, 4]);
  await watch();
  expect(await told(id)).toEqual(['budget-created', 'budget-resumed']);
});

test('a soft budget grants nothing; a hard one is told to its bots, with whatever bot comes under it by its labels', async () => {
  const [ada, bob] = [await linked({ team: 'eight' }), await linked()];
  const { id } = await made({ scope: { labels: { team: 'eight' } }, hard: false });
  await expect(draw(ada, id)).rejects.toThrow('does not limit this bot');
  const before = [await generationOf(ada), await generationOf(bob)] as const;
  await updateBudget(installation.plane, installation.caller, { budgetId: id, hard: true });
  expect([await generationOf(ada), await generationOf(bob)]).toEqual([before[0] + 1, before[1]]);
  await labelBot(installation.plane, installation.caller, { botId: bob.botId, labels: { team: 'eight' } });
  expect(await generationOf(bob)).toBe(before[1] + 1);
  expect((await draw(bob, id)).allowedUsd).toBe(5);
  await deleteBudget(installation.plane, installation.caller, { budgetId: id });
  expect(await generationOf(bob)).toBe(before[1] + 2);
  await expect(draw(bob, id)).rejects.toThrow('does not limit this bot');
});

test('a budget of another workspace is neither seen, nor drawn from, nor lifted', async () => {
  const other = await newWorkspace(installation.plane);
  const { id } = await made();
  const link = { ...(await linked()), workspaceId: other.workspaceId };
  expect((await listBudgets(installation.plane, other, {})).items).toEqual([]);
  await expect(draw(link, id)).rejects.toThrow('does not limit this bot');
  const lift = liftBudget(installation.plane, other, { budgetId: id, usd: 1, reason: 'x' });
  await expect(lift).rejects.toThrow('no such budget');
});

test('a supervisor is answered once for each request, and told what is not known or not as agreed', async () => {
  const answer = supervisorAnswers(installation.plane, await linked());
  const ask = (method: string, params: unknown) => answer({ type: 'req', id: 'a', method, params });
  expect(await ask('budget.burn', {})).toMatchObject({ id: 'a', error: { code: 'unknown-method' } });
  expect(await ask('budget.draw', { budgetId: 'x' })).toMatchObject({ error: { code: 'invalid' } });
  const unknown = { budgetId: randomUUID(), book: 'b', spentUsd: 0, allowedUsd: 0, wantsUsd: 1 };
  expect(await ask('budget.draw', unknown)).toMatchObject({ error: { code: 'not-found' } });
});
