import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { execFile, execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSample } from '@clawster/gateway/conformance-wire';
import { expect, test } from 'vitest';
import { fillDocument } from './gateway/document.ts';
import { exitReason } from './gateway/exit-reason.ts';
import { botFolder, makeFolder } from './gateway/folder.ts';
import { lastJson, openclawJson } from './gateway/openclaw-command.ts';
import type { Host } from './host.ts';
import { keepSecret, maskSecrets } from './host/mask.ts';
import { takePidFile } from './host/pid-file.ts';
import { openIdentity } from './identity.ts';
import { backoffMs } from './link/backoff.ts';
import { createAnswering, type Handlers } from './link/serve-request.ts';
import { createSecrets, serveSecrets } from './secrets.ts';
import { messagesFrom } from './turn/history.ts';

const folder = () => mkdtemp(join(tmpdir(), 'supervisor-parts-'));

test("the key is made once, is the user's alone, and is the same after a restart", async () => {
  const directory = await folder();
  const first = await openIdentity(directory);
  await first.markEnrolled();
  const second = await openIdentity(directory);
  expect([second.publicKey, second.enrolled]).toEqual([first.publicKey, true]);
  expect((await stat(join(directory, 'identity.json'))).mode & 0o777).toBe(0o600);
});

test('the pid file has one holder, and a dead one gives way', async () => {
  const file = join(await folder(), 'pid');
  await writeFile(file, JSON.stringify({ pid: 999_999, processStart: '1' }));
  expect(await takePidFile(file)).toBeUndefined();
  expect(await takePidFile(file)).toMatchObject({ pid: process.pid });
});

test('the resolver hands secrets to who asks as OpenClaw does, also from a deep folder, and holds none', async () => {
  const directory = await folder();
  const secrets = createSecrets();
  secrets.replace({ 'gateway-token': 'canary-resolver' });
  const resolver = join(directory, 'resolver');
  const server = await serveSecrets(secrets, {
    directory: join(directory, 'd'.repeat(90)),
    resolver,
    node: process.execPath,
  });
  const answer = await new Promise<string>((resolve) => {
    const child = execFile(resolver, (_, stdout) => resolve(stdout));
    child.stdin?.end(JSON.stringify({ protocolVersion: 1, provider: 'clawster', ids: ['gateway-token', 'nothing'] }));
  });
  expect(JSON.parse(answer)).toEqual({
    protocolVersion: 1,
    values: { 'gateway-token': 'canary-resolver' },
    errors: { nothing: { code: 'NOT_FOUND' } },
  });
  expect((await stat(server.socket)).mode & 0o777).toBe(0o600);
  expect(await readFile(resolver, 'utf8')).not.toContain('canary');
  await server.close();
  expect(execFileSync('sh', ['-c', `grep -rl canary '${directory}' || true`]).toString()).toBe('');
}, 30_000);

test('a placeholder that is the whole value keeps its type; an unknown one is named', () => {
  const values = {
    port: 4711,
    modelUrl: 'http://m',
    telegramUrl: 'http://t',
    teamUrl: 'http://127.0.0.1:8',
    bridge: '/bot/bridge',
    workspace: '/w',
    logFile: '/l',
    resolver: '/r',
  };
  expect(JSON.parse(fillDocument({ a: '${clawster:port}', b: 'x ${clawster:modelUrl}' }, values))).toEqual({
    a: 4711,
    b: 'x http://m',
  });
  for (const name of ['moon', 'toString'])
    expect(() => fillDocument({ a: `\${clawster:${name}}` }, values)).toThrow(`clawster:${name}`);
});

const recorded = readSample<{ name: string; code: number; lines: string[] }[]>('startup-failures');
test.each([
  ['no configuration', 'The configuration file is missing', 'other'],
  ['no gateway.mode', 'existing config is missing gateway.mode', 'configuration'],
  ['an unknown key', 'OpenClaw refuses the configuration: <root>: Unrecognized key: "nope"', 'configuration'],
  ['a value of the wrong type', 'gateway.port: Invalid input: expected number, received string', 'configuration'],
  ['no JSON', 'OpenClaw refuses the configuration', 'configuration'],
  ['no token', 'could not get its secrets', 'secrets'],
  ['beyond loopback without a token', 'refuses to listen beyond this machine', 'configuration'],
  ['a port that is taken', 'port was taken', 'port'],
  ['a state that is in use', "still uses this bot's state", 'state'],
] as const)('a start that failed for %s is explained', (name, words, kind) => {
  const { code, lines } = recorded.find((one) => one.name === name) ?? { code: 0, lines: [] };
  const reason = exitReason({ code, signal: null, lastLines: lines });
  expect(reason).toEqual({ sentence: expect.stringContaining(words), kind });
});

test.each([
  [78, null, 'OpenClaw startup migrations did not complete cleanly; refusing', 'busy machine', 'busy'],
  [
    1,
    null,
    'Gateway failed to start: state lease heartbeat did not become ready (elapsedMs=5006)',
    'busy machine',
    'busy',
  ],
  [78, null, 'something new', 'something new', 'configuration'],
  [null, 'SIGKILL', 'all was well', 'killed by the system', 'memory'],
  [
    134,
    'SIGABRT',
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    'V8 heap',
    'memory',
  ],
  [1, null, 'SqliteError: ENOSPC: no space left on device', 'disk is full', 'disk'],
  [7, null, 'a last word', 'exit code 7: a last word', 'other'],
] as const)('exit code %s by %s with "%s" is explained', (code, signal, line, words, kind) => {
  expect(exitReason({ code, signal, lastLines: [line] })).toEqual({ sentence: expect.stringContaining(words), kind });
});

test('secrets are masked in whatever is written', () => {
  keepSecret('canary-mask-me');
  expect(maskSecrets('x canary-mask-me Bearer abcdefghijkl')).toBe('x [secret] Bearer [secret]');
});

test("a history is shown without OpenClaw's own additions", () => {
  const items = messagesFrom([
    { role: 'user', content: '[Sun 2026-11-22 06:55 UTC] hello\n\nRuntime: name=x session=y', timestamp: 0 },
    { role: 'assistant', content: [{ type: 'toolCall', name: 'read' }] },
    { role: 'toolResult', content: 'file', toolName: 'read', isError: true },
    { role: 'user', content: '[System] Your previous turn was interrupted' },
    { role: 'assistant', content: [{ type: 'text', text: 'hi' }] },
  ]);
  expect(items).toMatchObject([
    { role: 'user', text: 'hello' },
    { role: 'tool', toolName: 'read', failed: true },
    { role: 'assistant', text: 'hi' },
  ]);
});

test('waiting times grow, are spread, and end somewhere', () => {
  const options = { firstMs: 100, lastMs: 1_000 };
  expect([0, 1, 9].map((attempt) => backoffMs(attempt, options, () => 1))).toEqual([100, 200, 1_000]);
  expect(backoffMs(9, options, () => 0)).toBe(500);
});

test('JSON is found behind the warnings of a command', () => {
  expect(lastJson('warning {not json\n{"ok":true}\n')).toEqual({ ok: true });
  expect(lastJson('nothing')).toBeUndefined();
});

test.each(['dance', 'toString'])('a request for "%s" is told to be unknown', async (method) => {
  const answering = createAnswering({} as Handlers);
  const outcome = await answering.answer({ type: 'req', id: '1', method, params: {} }, () => undefined);
  expect(outcome).toMatchObject({ error: { code: 'unknown-method' } });
});

test('a command that cannot be run says why', async () => {
  const runtime = {
    version: '2026.9.6',
    directory: '/nowhere',
    node: '/nowhere/node',
    compileCacheDirectory: '/nowhere',
  };
  const host = { folder: botFolder(await folder()), workload: { runtime } } as Host;
  await makeFolder(host.folder);
  await expect(openclawJson(host, { words: ['status'], timeoutMs: 10_000 })).rejects.toThrow(
    '"openclaw status" could not be run: spawn /nowhere/node ENOENT',
  );
});
