import { listMessages } from '@clawster/control-plane/turn/list-messages';
import { afterEach, expect, test } from 'vitest';
import { type TestInstallation, testInstallation } from './test-installation.ts';

let installation: TestInstallation;
afterEach(() => installation.close());

test('a bot that will not dial in any moment is not waited for', async () => {
  installation = await testInstallation({ loops: false });
  const { plane, caller } = installation;
  const bot = await installation.createBot();
  const askedAt = performance.now();
  await expect(listMessages(plane, caller, { botId: bot.id, conversation: 'main' })).rejects.toThrow('no link');
  expect(performance.now() - askedAt).toBeLessThan(5_000);
});
