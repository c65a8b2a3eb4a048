import { prepareMissingPlugins, preparePlugins } from '@clawster/control-plane/runtime/prepare-plugins';
import type { PreparedPlugin } from '@clawster/target/target';
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
      pluginDirectory: (version, channel) => `/plugins/${version}/${channel}`,
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

test('what is prepared is placed where its bots run, and what cannot be placed is tried again by the next pass', async () => {
  const plane = await withMissingPlugin(async () => undefined);
  const placed: PreparedPlugin[] = [];
  let works = false;
  const placePlugin = async (plugin: PreparedPlugin) => {
    if (!works) throw new Error('The engine does not answer');
    placed.push(plugin);
  };
  Object.assign(installation?.host ?? {}, { placePlugin });
  await expect(prepareMissingPlugins(plane, never)).rejects.toThrow('The engine does not answer');
  works = true;
  await prepareMissingPlugins(plane, never);
  expect(placed).toEqual([{ version: '2026.9.6', channel: 'slack', directory: '/plugins/2026.9.6/slack' }]);
});

test('a plugin that cannot be placed at once holds up no other, and a channel without one asks for none', async () => {
  const plane = await withMissingPlugin(async () => undefined);
  const asked: string[] = [];
  Object.assign(installation?.host ?? {}, {
    placePlugin: async ({ channel }: PreparedPlugin) => {
      asked.push(channel);
      if (channel === 'slack') throw new Error('The engine does not answer');
    },
  });
  const target = installation?.host;
  await preparePlugins(plane, { version: '2026.9.6', channels: ['slack', 'telegram', 'whatsapp'], target });
  expect(asked).toEqual(['slack', 'whatsapp']);
});
