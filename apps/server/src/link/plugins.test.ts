import { prepareMissingPlugins } from '@clawster/control-plane/runtime/prepare-plugins';
import { afterEach, expect, test } from 'vitest';
import { readyReport } from '../seed/stand-in-report.ts';
import { testInstallation, type TestInstallation } from './test-installation.ts';

let installation: TestInstallation | undefined;
afterEach(() => installation?.close());

const never = new AbortController().signal;

/** An installation whose one bot says that it misses the plugin for Slack. */
async function withMissingPlugin(addPlugin: (version: string, channel: string) => Promise<void>) {
  const prepared = new Set<string>();
  installation = await testInstallation({
    without: 'prepare-plugins',
    runtimes: {
      hasPlugin: async (version, channel) => prepared.has(`${version} ${channel}`),
      addPlugin: async (version, channel) => {
        await addPlugin(version, channel);
        prepared.add(`${version} ${channel}`);
      },
    },
  });
  const seen = { account: 'default', connected: false, detail: 'Slack waits for its plugin' };
  const checkedAt = new Date().toISOString();
  installation.host.behaviour = {
    reportAfterConfigure: ({ generation }) => ({
      ...readyReport(generation),
      channels: [
        { channel: 'slack', state: 'missing-plugin', checkedAt, ...seen },
        { channel: 'telegram', state: 'disconnected', checkedAt, ...seen },
      ],
    }),
  };
  const bot = await installation.createBot();
  await installation.until(bot.id, 'ready');
  return installation.plane;
}

test('the plugin that bots say they miss is prepared once, and no other', async () => {
  const asked: string[] = [];
  const plane = await withMissingPlugin(async (version, channel) => void asked.push(`${version} ${channel}`));
  await prepareMissingPlugins(plane, never);
  await prepareMissingPlugins(plane, never);
  expect(asked).toEqual(['2026.9.6 slack']);
});

test('one that cannot be downloaded is tried again by the next pass, which says why', async () => {
  let works = false;
  const plane = await withMissingPlugin(async () => {
    if (!works) throw new Error('The registry cannot be reached');
  });
  await expect(prepareMissingPlugins(plane, never)).rejects.toThrow('The registry cannot be reached');
  works = true;
  await prepareMissingPlugins(plane, never);
});
