import { recommendedVersion as version } from '@clawster/runtime/versions';
import { expect, test } from 'vitest';
import { describeKey, keysUnder } from './describe-key.ts';

test('a key of OpenClaw is described in its own words', () => {
  expect(describeKey('gateway.bind', version)).toMatchObject({
    path: 'gateway.bind',
    type: 'text',
    title: 'Gateway Bind Mode',
    description: expect.stringContaining('Network bind profile') as string,
    enum: ['auto', 'lan', 'loopback', 'custom', 'tailnet'],
    reloadKind: 'restart',
  });
});

test.each([
  ['agents.defaults.model', 'text or object', 'hot'],
  ['agents.defaults.models["openai/gpt-5.4"].alias', 'text', 'hot'],
  ['agents.entries.ada.skills', 'list', 'hot'],
  ['channels.telegram.accounts.one.botToken', 'text or object', 'hot'],
  ['gateway.port', 'whole number', 'restart'],
  ['plugins.entries.imap.config.accounts.one.password', 'text or object', 'hot'],
  ['logging.level', 'text', 'none'],
])('%s is %s', (path, type, reloadKind) => {
  expect(describeKey(path, version)).toMatchObject({ type, reloadKind });
});

test.each(['agents.defaults.modle', 'agents..model', 'gateway.port.deeper'])('%s is no key', (path) => {
  expect(describeKey(path, version)).toBeUndefined();
  expect(keysUnder(path, version)).toEqual([]);
});

test('the keys under a path complete what was typed', () => {
  expect(keysUnder('', version).map(({ path }) => path)).toEqual(
    expect.arrayContaining(['agents', 'channels', 'tools']),
  );
  expect(keysUnder('gateway.auth', version).map(({ path }) => path)).toContain('gateway.auth.mode');
  expect(keysUnder('agents.entries', version).map(({ path }) => path)).toEqual(['agents.entries.*']);
});
