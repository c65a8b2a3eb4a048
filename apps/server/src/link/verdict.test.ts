import { getBot } from '@clawster/control-plane/bot/get-bot';
import { restartBot } from '@clawster/control-plane/bot/restart-bot';
import { updateBot } from '@clawster/control-plane/bot/update-bot';
import { listEvents } from '@clawster/control-plane/event/list-events';
import { systemQuery } from '@clawster/control-plane/query';
import { watchRestingBots } from '@clawster/control-plane/reconcile/reconcile-bots';
import { listRevisions } from '@clawster/control-plane/revision/list-revisions';
import { rollBack } from '@clawster/control-plane/revision/roll-back';
import type { Report } from '@clawster/link/report';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readyReport, reportOf } from '../seed/stand-in-report.ts';
import { testInstallation, type TestInstallation } from './test-installation.ts';

vi.setConfig({ testTimeout: 120_000 });

let installation: TestInstallation;
beforeAll(async () => {
  installation = await testInstallation();
});
afterAll(() => installation.close());

const reason = 'OpenClaw refuses the configuration: <root>: Unrecognized key: "nonsense"';
const applied = (generation: number): Report => ({
  ...readyReport(generation),
  applied: { generation, at: new Date().toISOString() },
});
const refused = (generation: number): Report =>
  reportOf({
    generation,
    state: 'degraded',
    reason: `${reason}. The bot works on: generation ${generation} runs with the configuration of generation 1`,
    applied: { generation: 1, at: new Date().toISOString() },
    refused: { generation, reason },
  });

/** A bot whose supervisor refuses every generation that is not among `good`. */
async function botWith(good: number[]) {
  const { plane, caller, host, createBot, until } = installation;
  host.behaviour = {
    reportAfterConfigure: ({ generation }) => (good.includes(generation) ? applied(generation) : refused(generation)),
  };
  const { id: botId } = await createBot();
  await until(botId, 'ready');
  const verdicts = async () => {
    const { items } = await listRevisions(plane, caller, { botId });
    return items.map(({ number, verdict, verdictReason }) => [number, verdict, verdictReason]);
  };
  const judged = async () => (await listEvents(plane, caller, { type: 'revision-judged', subjectId: botId })).items;
  return { botId, verdicts, judged };
}

test('a revision with which the gateway was seen to be well is good, and nobody needs to be told', async () => {
  const { verdicts, judged } = await botWith([1]);
  await expect.poll(verdicts).toEqual([[1, 'good', undefined]]);
  expect(await judged()).toEqual([]);
});

test('one that was refused is bad with its reason, told once, and the bot says with what it works on', async () => {
  const { plane, caller, host, until } = installation;
  const { botId, verdicts, judged } = await botWith([1]);
  await updateBot(plane, caller, { botId, personality: 'Be brief.' });
  expect((await until(botId, 'degraded')).status.reason).toContain('runs with the configuration of generation 1');
  await expect.poll(verdicts).toEqual([
    [2, 'bad', reason],
    [1, 'good', undefined],
  ]);
  // Said again in other words, and found again by a restart, it is the same revision.
  host.supervisor(botId).report({ ...refused(2), reason: 'In other words' });
  await expect.poll(async () => (await getBot(plane, caller, { botId })).status.reason).toBe('In other words');
  await restartBot(plane, caller, { botId });
  await expect.poll(async () => (await getBot(plane, caller, { botId })).status.observedGeneration).toBe(3);
  expect((await judged()).map(({ detail, actor }) => [detail, actor])).toEqual([
    [
      { revision: 2, generation: 2, verdict: 'bad', reason },
      { kind: 'system', job: 'reconcile-bots' },
    ],
  ]);
});

test('one that was found bad may turn out good after a restart; a good one stays good', async () => {
  const { plane, caller, until } = installation;
  const { botId, verdicts } = await botWith([1, 3, 4]);
  await updateBot(plane, caller, { botId, personality: 'Be brief.' });
  await until(botId, 'degraded');
  await restartBot(plane, caller, { botId });
  await until(botId, 'ready');
  await expect.poll(verdicts).toEqual([
    [2, 'good', undefined],
    [1, 'good', undefined],
  ]);
  await rollBack(plane, caller, { botId, number: 1 });
  await expect.poll(verdicts).toEqual([
    [4, 'good', undefined],
    [2, 'good', undefined],
    [1, 'good', undefined],
  ]);
  await restartBot(plane, caller, { botId });
  await until(botId, 'degraded');
  expect((await verdicts())[0]).toEqual([4, 'good', undefined]);
});

test('a bot whose last revision is bad is rolled back, and is well again', async () => {
  const { plane, caller, until } = installation;
  const { botId, verdicts } = await botWith([1, 3]);
  await updateBot(plane, caller, { botId, personality: 'Be brief.' });
  await until(botId, 'degraded');
  await rollBack(plane, caller, { botId, number: 1, reason: 'It was refused' });
  const { spec } = await until(botId, 'ready');
  expect(spec.personality).toBe('');
  await expect.poll(verdicts).toEqual([
    [3, 'good', undefined],
    [2, 'bad', reason],
    [1, 'good', undefined],
  ]);
});

test('a change is told as taken over once the gateway runs by it, though it answers meanwhile', async () => {
  const { plane, caller, host, createBot, until } = installation;
  host.behaviour = { reportAfterConfigure: ({ generation }) => ({ ...applied(1), generation }) };
  const { id: botId } = await createBot();
  await until(botId, 'ready');
  await updateBot(plane, caller, { botId, personality: 'Be brief.' });
  const supervisor = host.supervisor(botId);
  const seen = async () => {
    const { status } = await getBot(plane, caller, { botId });
    return [status.reason, status.phase, status.observedGeneration];
  };
  await vi.waitUntil(() => supervisor.configured.at(-1)?.generation === 2);
  supervisor.report({ ...applied(1), generation: 2, reason: 'Works by the one before' });
  await expect.poll(seen).toEqual(['Works by the one before', 'ready', 1]);
  supervisor.report({ ...applied(2), reason: 'Works by it' });
  await expect.poll(seen).toEqual(['Works by it', 'ready', 2]);
});

test('what a report says of another generation than the one that is wanted judges nothing', async () => {
  const { host, createBot, until, plane, caller } = installation;
  host.behaviour = {};
  const { id: botId } = await createBot();
  await until(botId, 'ready');
  const at = new Date().toISOString();
  const said = { applied: { generation: 7, at }, refused: { generation: 6, reason } };
  host.supervisor(botId).report({ ...readyReport(1), reason: 'Of others', ...said });
  await expect.poll(async () => (await getBot(plane, caller, { botId })).status.reason).toBe('Of others');
  const { items } = await listRevisions(plane, caller, { botId });
  expect(items.map(({ number, verdict }) => [number, verdict])).toEqual([[1, undefined]]);
});

test('once written, a verdict costs a bot at rest no write', async () => {
  const { plane } = installation;
  const { botId, verdicts } = await botWith([1]);
  await expect.poll(verdicts).toEqual([[1, 'good', undefined]]);
  const stored = async () =>
    (
      await systemQuery(plane, (tx) =>
        sql<{ bot: string; revision: string }>`
          select bot.xmin::text as bot, revision.xmin::text as revision from bot join revision on revision.bot_id = bot.id
          where bot.id = ${botId} and reconcile_at = 'infinity'`.execute(tx),
      )
    ).rows[0];
  const before = await vi.waitUntil(stored, { timeout: 30_000 });
  await watchRestingBots(plane, new AbortController().signal);
  expect(await stored()).toEqual(before);
});

test('a bot whose new OpenClaw does not come up gets the one back that it was well with, once, and its history says so', async () => {
  const { plane, caller, host, until, database } = installation;
  const { botId } = await botWith([1]);
  const { spec } = await getBot(plane, caller, { botId });
  const runtimeVersion = '2026.10.1';
  host.behaviour = {
    reportAfterConfigure: ({ generation }) =>
      generation === 2
        ? reportOf({ generation, state: 'failed', reason, refused: { generation, reason, runtimeVersion } })
        : applied(generation),
  };
  await database.rows(`insert into runtime (version, phase) values ('${runtimeVersion}', 'installed')`);
  await database.rows(`update bot set generation = 2, workload_generation = 2, reconcile_at = now(),
    spec = jsonb_set(spec, '{runtimeVersion}', '"${runtimeVersion}"') where id = '${botId}'`);
  await expect.poll(async () => (await getBot(plane, caller, { botId })).generation, { timeout: 60_000 }).toBe(3);
  expect((await until(botId, 'ready')).spec).toEqual(spec);
  const [newest] = (await listRevisions(plane, caller, { botId })).items;
  expect(newest).toMatchObject({
    number: 3,
    author: { kind: 'system', job: 'reconcile-bots' },
    cause: { kind: 'rollback', number: 1 },
    reason: `OpenClaw ${runtimeVersion} did not come up: it has ${spec.runtimeVersion} again`,
  });
  expect((await listEvents(plane, caller, { type: 'bot-rolled-back', subjectId: botId })).items).toHaveLength(1);
});
