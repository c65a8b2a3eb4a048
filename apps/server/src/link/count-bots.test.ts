import { countBots } from '@clawster/control-plane/bot/count-bots';
import { destroyBot } from '@clawster/control-plane/bot/destroy-bot';
import { listBots } from '@clawster/control-plane/bot/list-bots';
import { BotPhase } from '@clawster/contract/bot';
import { pretend } from '@clawster/control-plane/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { newWorkspace, type TestInstallation, testInstallation } from './test-installation.ts';

vi.setConfig({ testTimeout: 120_000 });

let installation: TestInstallation;
beforeAll(async () => {
  installation = await testInstallation();
});
afterAll(() => installation.close());

test('the counts say what the lists of each phase say: a silent bot is unknown, a destroyed one not of the total', async () => {
  const { plane, caller, host } = installation;
  const make = async (start = true) => (await installation.createBot({ start })).id;
  const [ready, silent, stopped, gone] = [await make(), await make(), await make(false), await make()];
  for (const id of [ready, silent, gone]) await installation.until(id, 'ready');
  await destroyBot(plane, caller, { botId: gone });
  await installation.until(gone, 'destroyed');
  await installation.until(stopped, 'stopped');
  host.supervisor(silent).silent = true;
  await pretend.silence(plane, silent);
  const counts = await countBots(plane, caller, {});
  expect(counts).toMatchObject({ total: 3, phases: { ready: 1, unknown: 1, stopped: 1, destroyed: 1, failed: 0 } });
  for (const phase of BotPhase.options)
    expect((await listBots(plane, caller, { phase, limit: 1 })).total, phase).toBe(counts.phases[phase]);
  expect((await countBots(plane, await newWorkspace(plane), {})).total).toBe(0);
});
