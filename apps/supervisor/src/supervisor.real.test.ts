import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DoctorReport } from '@clawster/contract/doctor';
import { judged } from '@clawster/domain/config/expected-findings';
import { effectiveOf } from '@clawster/domain/config/effective';
import { identityFiles } from '@clawster/domain/config/identity-files';
import { connectGateway } from '@clawster/gateway/client';
import { ConfigState } from '@clawster/gateway/protocol';
import { secretIds } from '@clawster/link/supervisor-methods';
import type { Configure } from '@clawster/link/supervisor-methods';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillDocument } from './gateway/document.ts';
import { lastJson } from './gateway/openclaw-command.ts';
import { gatewayEnvironment, openclawFile } from './gateway/environment.ts';
import { botFolder } from './gateway/folder.ts';
import { processTree } from './host/process-tree.ts';
import { startSupervisor } from './supervisor.ts';
import type { Supervisor } from './supervisor.ts';
import { configuration } from './testing/configuration.ts';
import { startLinkServer, until } from './testing/link-server.ts';
import type { LinkServer } from './testing/link-server.ts';
import { realStartTimeoutMs, realWorkload } from './testing/real-gateway.ts';
import { startRecordingProvider } from './testing/recording-provider.ts';
import { criticalIn, securityAudit } from './testing/security-audit.ts';
import type { RecordingProvider } from './testing/recording-provider.ts';
import type { Workload } from './workload.ts';

/** One bot with the real OpenClaw, whose gateway takes a gigabyte and half a minute to start: each test goes on where the one before ended. */
const model = 'recorder-1';
const providerKey = `canary-provider-${randomUUID()}`;
const joinToken = `canary-join-${randomUUID()}`;
let parent: string;
let folder: ReturnType<typeof botFolder>;
let link: LinkServer;
let provider: RecordingProvider;
let supervisor: Supervisor;
let workload: Workload;
let wanted: Configure;

const state = () => link.reports.at(-1);
const reaches = (name: string) =>
  until(() => state()?.state === name && state(), realStartTimeoutMs, `${name}; last was ${state()?.reason}`);
const hasSaid = (words: string) =>
  until(() => state()?.evidence.some(({ text }) => text.includes(words)), realStartTimeoutMs, words);
const configure = (change: Partial<Configure>) => {
  wanted = { ...wanted, generation: wanted.generation + 1, ...change };
  return link.ask('configure', wanted);
};
const say = async (message: string) => {
  const turnId = randomUUID();
  const parts: { type: string; text?: string }[] = [];
  return { turnId, parts, answer: link.ask('turn.start', { conversation: 'main', turnId, message }, parts) };
};
const hear = async (message: string) => {
  const { parts, answer } = await say(message);
  expect(await answer).toEqual({ outcome: 'done' });
  return parts.at(-1)?.text ?? '';
};
const gatewayPid = async () => (JSON.parse(await readFile(folder.gatewayPid, 'utf8')) as { pid: number }).pid;
const documentOnDisk = async () =>
  JSON.parse(await readFile(folder.config, 'utf8')) as { gateway: { port: number }; nonsense?: number };

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'supervisor-real-'));
  folder = botFolder(join(parent, 'bot'));
  link = await startLinkServer();
  provider = await startRecordingProvider();
  workload = await realWorkload({ controlPlaneUrl: link.url });
  wanted = configuration({
    document: effectiveOf({ name: 'Ada', provider: 'openai-compatible', model }).document,
    files: identityFiles({ name: 'Ada', personality: 'You speak of the sea.' }),
    model: { provider: 'openai-compatible', model, baseUrl: provider.baseUrl, apiKey: providerKey },
  });
  await mkdir(folder.directory, { mode: 0o700 });
  await writeFile(join(folder.directory, 'workload.json'), JSON.stringify(workload));
  supervisor = await startSupervisor({ workload, directory: folder.directory, joinToken });
  await until(() => link.introductions[0], 60_000, 'an introduction');
});
afterAll(async () => {
  supervisor?.stop();
  await supervisor?.ended;
  await link?.close();
  await provider?.close();
  await rm(parent, { recursive: true, force: true });
}, 60_000);

test('becomes ready after OpenClaw answered and a model turn came back', async () => {
  await link.ask('configure', wanted);
  expect(await reaches('ready')).toMatchObject({
    gatewayVersion: '2026.9.6',
    restartCount: 0,
    steps: [
      { name: 'gateway', state: 'done' },
      { name: 'model', state: 'done' },
    ],
  });
});

test('a turn streams, and shows the personality', async () => {
  const { parts, answer } = await say('Who are you?');
  expect(await answer).toEqual({ outcome: 'done' });
  expect(parts[0]).toMatchObject({ type: 'accepted' });
  expect(parts.filter(({ type }) => type === 'text').length).toBeGreaterThan(0);
  expect(parts.at(-1)).toMatchObject({ type: 'done', text: expect.stringContaining('You speak of the sea.') });
});

test('the model is offered exactly the tools of the baseline, with the real key', () => {
  expect(new Set(provider.requests.map(({ tools }) => tools.join(' ')))).toEqual(new Set(['read session_status']));
  expect(new Set(provider.requests.map(({ authorization }) => authorization))).toEqual(
    new Set([`Bearer ${providerKey}`]),
  );
});

test('a tool reads the workspace, and nothing beyond it', async () => {
  expect(await hear('#demo tool read {"path":"SOUL.md"}')).toContain('You speak of the sea.');
  expect(await hear('#demo tool read {"path":"../openclaw.json"}')).not.toContain('gateway');
});

test('a turn is stopped by abort, and keeps what was said', async () => {
  const { turnId, parts, answer } = await say('#demo slow 200');
  await until(() => parts.some(({ type }) => type === 'text'), 60_000, 'a first word');
  expect(await link.ask('turn.abort', { conversation: 'main', turnId })).toEqual({ aborted: true });
  expect(await answer).toEqual({ outcome: 'aborted' });
  expect(parts.at(-1)).toMatchObject({ type: 'aborted', text: expect.stringContaining('You') });
});

test('a model that fails is told in its own words', async () => {
  const { parts, answer } = await say('#demo fail 400');
  expect(await answer).toEqual({ outcome: 'failed' });
  expect(parts.at(-1)).toMatchObject({ type: 'failed', message: expect.stringContaining('HTTP 400') });
});

test('a new document and a new personality hold without a restart', async () => {
  const pid = await gatewayPid();
  const { agents } = wanted.document as { agents: { defaults: object } };
  const defaults = { ...agents.defaults, timeoutSeconds: 300 };
  await configure({
    document: { ...wanted.document, agents: { ...agents, defaults } },
    files: identityFiles({ name: 'Ada', personality: 'You speak of the mountains.' }),
  });
  await hasSaid('without a restart');
  const { gateway } = await documentOnDisk();
  const client = await connectGateway({ port: gateway.port, token: wanted.secrets[secretIds.gatewayToken] ?? '' });
  const config = ConfigState.parse(await client.call('config.get'));
  client.close();
  expect(config).toMatchObject({ valid: true, appliedConfigHash: config.configRevisionHash });
  expect(await hear('Who are you?')).toContain('You speak of the mountains.');
  expect([await gatewayPid(), state()?.restartCount]).toEqual([pid, 0]);
});

test('a document with an unknown key is refused by name, and the bot works on with the one before', async () => {
  const pid = await gatewayPid();
  const { document } = wanted;
  await configure({ document: { ...document, nonsense: 1 } });
  expect((await reaches('degraded')).reason).toContain('Unrecognized key: "nonsense"');
  expect((await documentOnDisk()).nonsense).toBeUndefined();
  expect(await hear('#demo text still here')).toBe('still here');
  await configure({ document });
  await reaches('ready');
  expect([await gatewayPid(), state()?.restartCount]).toEqual([pid, 0]);
});

test('another model is taken over without a restart', async () => {
  const other = 'recorder-2';
  await configure({
    document: effectiveOf({ name: 'Ada', provider: 'openai-compatible', model: other }).document,
    model: { ...wanted.model, model: other },
  });
  await until(() => state()?.generation === wanted.generation, 60_000, 'the generation');
  await until(async () => (await readFile(folder.config, 'utf8')).includes(other), 60_000, 'the document');
  expect(await hear('#demo text with another model')).toBe('with another model');
  expect(state()?.restartCount).toBe(0);
});

test('OpenClaw finds the generated document valid, and its doctor finds nothing to mend', async () => {
  const values = {
    port: 1,
    modelUrl: 'http://127.0.0.1:1/v1',
    telegramUrl: 'http://127.0.0.1:1',
    teamUrl: 'http://127.0.0.1:8',
    bridge: '/bot/bridge',
    workspace: folder.workspace,
    logFile: folder.openclawLog,
    resolver: folder.resolver,
  };
  // The other dialect is that of the bot itself.
  const config = join(parent, 'anthropic.json');
  const { document } = effectiveOf({ name: 'Ada', provider: 'anthropic', model: 'm' });
  await writeFile(config, fillDocument(document, values));
  const env = gatewayEnvironment(workload, { ...folder, config });
  const words = [openclawFile(workload), 'config', 'validate', '--json'];
  const said = await new Promise<string>((resolve) => {
    execFile(workload.runtime.node, words, { env }, (_, stdout) => resolve(stdout));
  });
  expect(lastJson(said)).toMatchObject({ valid: true });
  const report = judged(DoctorReport.parse(await link.ask('doctor.run', {})));
  expect([report.ok, report.findings.filter(({ expected }) => !expected)]).toEqual([true, []]);
});

test("OpenClaw's own security audit of the bot finds nothing critical", async () => {
  const words = [openclawFile(workload), ...securityAudit];
  const said = await new Promise<string>((resolve) => {
    execFile(workload.runtime.node, words, { env: gatewayEnvironment(workload, folder) }, (_, stdout) =>
      resolve(stdout),
    );
  });
  expect(criticalIn(said)).toEqual([]);
});

test("no secret lies in the bot's folder, nor in the environment or the arguments of its processes", async () => {
  const resolved = await new Promise<string>((resolve) => {
    const child = execFile(folder.resolver, (_, stdout) => resolve(stdout));
    child.stdin?.end(JSON.stringify({ protocolVersion: 1, ids: Object.values(secretIds) }));
  });
  const { values } = JSON.parse(resolved) as { values: Record<string, string> };
  const canaries = [...Object.values(values), providerKey, joinToken];
  expect(canaries).toHaveLength(4);
  for (const canary of canaries)
    expect(execFileSync('sh', ['-c', `grep -rlF -- '${canary}' '${folder.directory}' || true`]).toString()).toBe('');
  const pids = await processTree(await gatewayPid());
  const seen = execFileSync('ps', ['eww', '-o', 'args=', ...pids.flatMap((pid) => ['-p', `${pid}`])]).toString();
  expect(seen).toContain('openclaw');
  for (const canary of canaries) expect(seen).not.toContain(canary);
});

test('a gateway that is killed is started again, with the reason told and its conversation kept', async () => {
  const pid = await gatewayPid();
  process.kill(pid, 'SIGKILL');
  await hasSaid('The gateway was killed');
  expect(await reaches('ready')).toMatchObject({ restartCount: 1 });
  expect(await gatewayPid()).not.toBe(pid);
  const { items } = (await link.ask('turn.history', { conversation: 'main', limit: 100 })) as {
    items: { role: string; text: string }[];
  };
  expect(items[0]).toMatchObject({ role: 'user', text: 'Who are you?' });
  expect(await hear('#demo text back again')).toBe('back again');
});

test('a gateway that takes more memory than allowed is started again, with the reason told', async () => {
  const pid = await gatewayPid();
  await configure({ memoryBytesMax: 100_000_000 });
  await hasSaid('more than its limit of 100 MB');
  await configure({ memoryBytesMax: 4e9 });
  await until(() => state()?.restartCount === 2, realStartTimeoutMs, 'the restart');
  await until(async () => (await gatewayPid().catch(() => pid)) !== pid, realStartTimeoutMs, 'a new gateway');
  expect(state()?.state).not.toBe('failed');
});
