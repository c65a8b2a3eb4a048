import type { Impact } from '@clawster/contract/configuration';
import { expect, test } from 'vitest';
import { botOf } from '../../testing/bot.ts';
import { cliAt } from '../../testing/cli-at.ts';

const bot = botOf({ name: 'Ada' });
const connectorId = '3f6f3f0e-6f43-4d53-9c38-000000000020';
const connector = {
  id: connectorId,
  name: 'House',
  kind: 'model-provider',
  provider: 'openai',
  model: 'small',
  models: [{ id: 'small', inputs: ['text'] }],
  hasApiKey: true,
  botCount: 0,
  bots: [],
  retries: 2,
  fallbacks: [],
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};
const impact: Impact = {
  concerned: 2,
  changed: 1,
  hot: 1,
  restart: 0,
  refused: 0,
  bots: [
    {
      botId: bot.id,
      botName: 'Ada',
      changes: [{ path: 'connector', before: 'Demo', after: 'House', reload: 'hot' }],
      changeCount: 1,
      reload: 'hot',
      issues: [],
    },
  ],
};
const cli = () =>
  cliAt({
    'bots.list': () => ({ items: [bot], total: 1 }),
    'connectors.list': () => ({ items: [connector], total: 1 }),
    'connectors.attach': () => impact,
  });

test('a connector is given to bots by name or by labels, with a model of it', async () => {
  const { run, server } = await cli();
  const { stdout } = await run(['connector', 'attach', 'House', '--bot', 'Ada', '--model', 'small']);
  expect(server.calls.at(-1)?.input).toEqual({ connectorId, botIds: [bot.id], model: 'small', dryRun: false });
  expect(stdout).toContain('1 of 2 bots changed and use House now. They take it up without a restart.');
  await run(['connector', 'attach', 'House', '--labels', 'team=support']);
  expect(server.calls.at(-1)?.input).toEqual({ connectorId, selector: { team: 'support' }, dryRun: false });
  expect((await run(['connector', 'attach', 'House'])).code).toBe(2);
});

test('what it would come to is shown before anything changes', async () => {
  const { run, server } = await cli();
  const { stdout } = await run(['connector', 'attach', 'House', '--labels', 'team=support', '--dry-run']);
  expect(server.calls.at(-1)?.input).toMatchObject({ dryRun: true });
  expect(stdout).toContain('2 bots concerned, 1 would change: 1 while running');
  expect(stdout).toMatch(/Ada +hot +1 change: connector/);
});
