import { ListedBot } from '@clawster/contract/bot';
import { adoptDrift } from '@clawster/control-plane/bot/adopt-drift';
import { getBot } from '@clawster/control-plane/bot/get-bot';
import { listBots } from '@clawster/control-plane/bot/list-bots';
import { revertDrift } from '@clawster/control-plane/bot/revert-drift';
import { stopBot } from '@clawster/control-plane/bot/stop-bot';
import { listEvents } from '@clawster/control-plane/event/list-events';
import { listRevisions } from '@clawster/control-plane/revision/list-revisions';
import type { Drift } from '@clawster/link/drift';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readyReport } from '../seed/stand-in-report.ts';
import { testInstallation, type TestInstallation } from './test-installation.ts';

vi.setConfig({ testTimeout: 120_000 });

let installation: TestInstallation;
beforeAll(async () => {
  installation = await testInstallation();
});
afterAll(() => installation.close());

const drift = (some: Partial<Drift> = {}): Drift => ({
  at: new Date().toISOString(),
  reverted: false,
  files: [
    {
      file: 'openclaw.json',
      changes: [
        { path: ['agents', 'defaults', 'timeoutSeconds'], before: 600, after: 900 },
        { path: ['models', 'a.b'], after: '(secret)', hidden: 'secret' },
      ],
    },
    { file: 'SOUL.md', changes: [{ path: [], before: 'I am Ada.', after: 'I am Eve.' }] },
  ],
  ...some,
});

async function driftedBot(some: Partial<Drift> = {}) {
  const { plane, caller, host, createBot, until } = installation;
  const { id: botId } = await createBot({ drift: 'report' });
  await until(botId, 'ready');
  const reason = 'Its configuration was changed on its host: SOUL.md';
  const report = { ...readyReport(1), state: 'degraded' as const, reason, drift: drift(some) };
  host.supervisor(botId).report(report);
  const status = async () => (await getBot(plane, caller, { botId })).status;
  const told = async () =>
    (await listEvents(plane, caller, { type: 'bot-drifted', subjectId: botId })).items.map(({ detail }) => detail);
  await expect.poll(async () => (await told()).length).toBe(1);
  return { botId, status, told, report };
}

test('what was changed and left is shown with the bot and told once, without the values; the list is spared it', async () => {
  const { plane, caller, host } = installation;
  const { botId, status, told, report } = await driftedBot();
  expect(await status()).toMatchObject({
    phase: 'degraded',
    reason: 'Its configuration was changed on its host: SOUL.md',
    drift: {
      files: [
        {
          file: 'openclaw.json',
          changes: [
            { path: 'agents.defaults.timeoutSeconds', before: 600, after: 900 },
            { path: 'models["a.b"]', after: '(secret)', hidden: 'secret' },
          ],
        },
        { file: 'SOUL.md', changes: [{ before: 'I am Ada.', after: 'I am Eve.' }] },
      ],
    },
  });
  const { items } = await listBots(plane, caller, { search: (await getBot(plane, caller, { botId })).name });
  // As the door lets it out.
  expect(JSON.stringify(items.map((bot) => ListedBot.parse(bot)))).not.toContain('I am Eve');
  host.supervisor(botId).report({ ...report, reason: 'In other words' });
  await expect.poll(async () => (await status()).reason).toBe('In other words');
  expect(await told()).toEqual([
    {
      changed: ['openclaw.json: agents.defaults.timeoutSeconds', 'openclaw.json: models["a.b"]', 'SOUL.md'],
      reverted: false,
    },
  ]);
});

test('it is gone from the bot when its supervisor no longer tells of it, and told anew when it comes again', async () => {
  const { host } = installation;
  const { botId, status, told } = await driftedBot();
  host.supervisor(botId).report(readyReport(1));
  await expect.poll(async () => (await status()).drift).toBeUndefined();
  expect((await status()).phase).toBe('ready');
  host.supervisor(botId).report({ ...readyReport(1), drift: drift({ at: new Date().toISOString() }) });
  await expect.poll(async () => (await told()).length).toBe(2);
});

test('what was put back is told, with how often, and the bot is ready', async () => {
  const { status, told } = await driftedBot({ reverted: true, times: 3 });
  expect(await told()).toEqual([{ changed: expect.arrayContaining(['SOUL.md']), reverted: true, times: 3 }]);
  expect((await status()).drift).toBeUndefined();
});

test('of a bot that was stopped nothing is left: its start writes all anew', async () => {
  const { plane, caller, until } = installation;
  const { botId } = await driftedBot();
  await stopBot(plane, caller, { botId });
  expect((await until(botId, 'stopped')).status.drift).toBeUndefined();
});

test('it is put back by a higher generation, which its supervisor writes anew', async () => {
  const { plane, caller, host, until } = installation;
  const { botId } = await driftedBot();
  const { generation } = await revertDrift(plane, caller, { botId });
  expect(generation).toBe(2);
  expect((await until(botId, 'ready')).status.drift).toBeUndefined();
  expect(host.supervisor(botId).configured.at(-1)).toMatchObject({ generation: 2, drift: 'report' });
  await expect(revertDrift(plane, caller, { botId })).rejects.toThrow('Nothing on its host differs');
  await expect(adoptDrift(plane, caller, { botId })).rejects.toThrow('Nothing on its host differs');
});

const ofDocument = (...changes: Drift['files'][number]['changes']) => ({
  files: [{ file: 'openclaw.json', changes }],
});

test('what settings can say is adopted as the own settings of the bot, under a revision', async () => {
  const { plane, caller, host, until } = installation;
  const path = ['agents', 'defaults', 'timeoutSeconds'];
  const { botId } = await driftedBot(ofDocument({ path, before: 600, after: 900 }));
  const { spec } = await adoptDrift(plane, caller, { botId, reason: 'It helps' });
  expect(spec.settings).toEqual({ openclaw: { agents: { defaults: { timeoutSeconds: 900 } } } });
  expect((await until(botId, 'ready')).status.drift).toBeUndefined();
  expect(host.supervisor(botId).configured.at(-1)?.document).toMatchObject({
    agents: { defaults: { timeoutSeconds: 900 } },
  });
  const { items } = await listRevisions(plane, caller, { botId });
  expect(items[0]).toMatchObject({ number: 2, reason: 'It helps', author: { kind: 'person' } });
  const { items: events } = await listEvents(plane, caller, { type: 'bot-drift-adopted', subjectId: botId });
  expect(events[0]?.detail).toMatchObject({ changed: ['settings'], reason: 'It helps' });
});

test.each<[string, Partial<Drift>, string]>([
  ['a file', {}, 'SOUL.md is written from'],
  ['what no layer may set', ofDocument({ path: ['gateway', 'port'], after: 1 }), 'A layer cannot set gateway'],
  ['a value OpenClaw has not', ofDocument({ path: ['agents', 'defaults', 'timeoutSeconds'], after: 'x' }), 'number'],
  ['a secret', ofDocument({ path: ['env', 'KEY'], after: '(secret)', hidden: 'secret' }), 'looks like a secret'],
])('%s is not adopted, and nothing is changed', async (_, some, why) => {
  const { plane, caller } = installation;
  const { botId } = await driftedBot(some);
  await expect(adoptDrift(plane, caller, { botId })).rejects.toThrow(why);
  expect(await getBot(plane, caller, { botId })).toMatchObject({ generation: 1, spec: { settings: {} } });
});
