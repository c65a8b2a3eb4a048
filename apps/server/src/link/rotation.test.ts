import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnector } from '@clawster/control-plane/connector/create-connector';
import { advanceRotations } from '@clawster/control-plane/rotation/advance-rotations';
import { secretImpact } from '@clawster/control-plane/rotation/impact';
import { getRotation, listRotationBots } from '@clawster/control-plane/rotation/list-rotations';
import { resumeRotation } from '@clawster/control-plane/rotation/resume-rotation';
import { revokeSecret } from '@clawster/control-plane/rotation/revoke-secret';
import { startRotation } from '@clawster/control-plane/rotation/start-rotation';
import { undoRotation } from '@clawster/control-plane/rotation/undo-rotation';
import { getSecret } from '@clawster/control-plane/secret/get-secret';
import { listAccesses } from '@clawster/control-plane/secret/list-accesses';
import { listSecrets } from '@clawster/control-plane/secret/list-secrets';
import { stopBot } from '@clawster/control-plane/bot/stop-bot';
import type { Rotation } from '@clawster/contract/rotation';
import { planOf } from '@clawster/link/model-plan';
import type { Configure } from '@clawster/link/supervisor-methods';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { usualReport } from '../seed/stand-in-report.ts';
import { startModelProvider, type TestProvider } from '../testing/model-provider.ts';
import { testInstallation, type TestInstallation, type TestOptions } from './test-installation.ts';

let provider: TestProvider;
let installation: TestInstallation;
let connectorId: string;
let secretId: string;
/** Bots whose supervisors say that the new value was refused. */
const refusing = new Set<string>();
beforeAll(async () => {
  provider = await startModelProvider('old-key', 'new-key');
});
beforeEach(async () => {
  refusing.clear();
  provider.keys.add('old-key');
  await install();
});
afterEach(() => installation.close());
afterAll(() => provider.close());

async function install(options: TestOptions = {}): Promise<void> {
  installation = await testInstallation(options);
  installation.host.behaviour = { reportAfterConfigure: reportOfBot };
  const { plane, caller } = installation;
  const { id } = await createConnector(plane, caller, {
    name: 'House',
    provider: 'openai-compatible',
    baseUrl: provider.baseUrl,
    model: 'small',
    apiKey: 'old-key',
  });
  connectorId = id;
  secretId = (await listSecrets(plane, caller, {})).items[0]?.id ?? '';
}

function reportOfBot(configure: Configure) {
  const report = usualReport(configure);
  if (!refusing.has(configure.botName) || keyOf(configure) === 'old-key') return report;
  const refused = { ok: false, text: 'The provider refused the API key', at: new Date().toISOString() };
  return { ...report, proofs: report.proofs?.map((proof) => ({ ...proof, ...refused })) };
}
const keyOf = ({ model }: Configure) => planOf(model).models[0]?.upstreams[0]?.apiKey;

async function bots(...names: string[]): Promise<Map<string, string>> {
  const made = new Map<string, string>();
  for (const name of names) made.set(name, (await installation.createBot({ name, connectorId })).id);
  for (const id of made.values()) await installation.until(id, 'ready');
  return made;
}
const keyAt = (botId: string | undefined) =>
  keyOf(installation.host.volumes.get(String(botId))?.supervisor?.configured.at(-1) as Configure);

const start = (some: Record<string, unknown> = {}) =>
  startRotation(installation.plane, installation.caller, { secretId, value: 'new-key', ...some });
const rotationNow = (rotationId: string) => getRotation(installation.plane, installation.caller, { rotationId });
async function untilPhase({ id }: Rotation, phase: Rotation['phase']): Promise<Rotation> {
  for (let tries = 0; ; tries += 1) {
    const now = await rotationNow(id);
    if (now.phase === phase) return now;
    if (tries > 200) throw new Error(`It is ${now.phase}: ${now.reason}`);
    await sleep(50);
  }
}

test('every running bot is given the new value in its wave and proves it; then the former is destroyed, and asked after', async () => {
  const named = await bots('Ada', 'Bob', 'Cid');
  provider.keys.delete('old-key');
  const rotation = await start();
  expect(rotation).toMatchObject({ fromVersion: 1, toVersion: 2, waves: 3, phase: 'running' });
  const done = await untilPhase(rotation, 'done');
  expect(done).toMatchObject({ bots: { proven: 3 }, former: { dead: true, text: 'House refuses the former value' } });
  for (const id of named.values()) expect(keyAt(id)).toBe('new-key');
  const secret = await getSecret(installation.plane, installation.caller, { secretId });
  expect(secret.versions.map(({ version, state }) => [version, state])).toEqual([
    [2, 'current'],
    [1, 'revoked'],
  ]);
  const { items } = await listAccesses(installation.plane, installation.caller, { secretId });
  expect(items.filter(({ version }) => version === 2).map(({ proof }) => proof?.ok)).toEqual([true, true, true]);
});

test('a former value that the service still takes is told', async () => {
  await bots('Ada');
  const done = await untilPhase(await start(), 'done');
  expect(done.former).toMatchObject({ dead: false, text: expect.stringContaining('delete it at the service') });
});

test('a value the service does not take begins nothing', async () => {
  await bots('Ada');
  await expect(start({ value: 'wrong-key' })).rejects.toThrow('House: The provider refused the API key');
  await expect(start({ value: 'old-key' })).rejects.toThrow('This is the value there is');
  const secret = await getSecret(installation.plane, installation.caller, { secretId });
  expect(secret.versions).toHaveLength(1);
});

test('a first bot that is stuck halts it before any other is touched; undone, all have the former value', async () => {
  refusing.add('Ada');
  const named = await bots('Ada', 'Bob');
  const rotation = await start();
  const halted = await untilPhase(rotation, 'halted');
  expect(halted).toMatchObject({ stuck: ['Ada'], reason: expect.stringContaining('Ada is stuck'), wave: 1 });
  expect(keyAt(named.get('Bob'))).toBe('old-key');
  const { items } = await listRotationBots(installation.plane, installation.caller, { rotationId: rotation.id });
  expect(items[0]).toMatchObject({ botName: 'Ada', state: 'stuck', text: 'The provider refused the API key' });
  await undoRotation(installation.plane, installation.caller, { rotationId: rotation.id });
  await expect.poll(() => keyAt(named.get('Ada')), { timeout: 10_000 }).toBe('old-key');
  const secret = await getSecret(installation.plane, installation.caller, { secretId });
  expect(secret).toMatchObject({ version: 1, versions: [{ state: 'revoked' }, { state: 'current' }] });
});

test('what was stuck is tried again and goes on, or is set aside by name', async () => {
  refusing.add('Ada');
  await bots('Ada', 'Bob');
  const rotation = await start();
  await untilPhase(rotation, 'halted');
  refusing.delete('Ada');
  await resumeRotation(installation.plane, installation.caller, { rotationId: rotation.id, stuck: 'retry' });
  expect(await untilPhase(rotation, 'done')).toMatchObject({ bots: { proven: 2 } });

  refusing.add('Bob');
  provider.keys.add('third-key');
  const second = await start({ value: 'third-key' });
  await untilPhase(second, 'halted');
  await resumeRotation(installation.plane, installation.caller, { rotationId: second.id, stuck: 'set-aside' });
  const done = await untilPhase(second, 'done');
  expect(done).toMatchObject({ stuck: ['Bob'], reason: '1 of 2 bots proved the new value, 1 were set aside' });
});

test('a bot that is stopped holds nothing up, and gets the new value when it starts', async () => {
  const named = await bots('Ada', 'Bob');
  await stopBot(installation.plane, installation.caller, { botId: named.get('Ada') });
  await installation.until(String(named.get('Ada')), 'stopped');
  expect(await untilPhase(await start(), 'done')).toMatchObject({ bots: { proven: 1, resting: 1 } });
});

test('while one goes on there is no other', async () => {
  refusing.add('Ada');
  await bots('Ada');
  await untilPhase(await start(), 'halted');
  provider.keys.add('third-key');
  await expect(start({ value: 'third-key' })).rejects.toThrow('A rotation of this secret goes on');
});

test('what it touches is told before: the bots that are then given the new value, and no other', async () => {
  const named = await bots('Ada', 'Bob');
  const other = await installation.createBot({ name: 'Eve' });
  await installation.until(other.id, 'ready');
  const before = installation.host.volumes.get(other.id)?.supervisor?.configured.length;
  const impact = await secretImpact(installation.plane, installation.caller, { secretId });
  expect(impact.bots.map(({ botName, wave, reload }) => [botName, wave, reload])).toEqual([
    ['Ada', 1, 'hot'],
    ['Bob', 2, 'hot'],
  ]);
  await untilPhase(await start(), 'done');
  const given = [...named.keys()].filter((name) => keyAt(named.get(name)) === 'new-key');
  expect(given).toEqual(impact.bots.map(({ botName }) => botName));
  expect(installation.host.volumes.get(other.id)?.supervisor?.configured.length).toBe(before);
});

test('revoked in an emergency, it is destroyed here and taken from every bot at once', async () => {
  const named = await bots('Ada', 'Bob');
  const reason = 'It was in a screenshot';
  expect(await revokeSecret(installation.plane, installation.caller, { secretId, reason })).toEqual({ bots: 2 });
  for (const id of named.values()) await expect.poll(() => keyAt(id), { timeout: 10_000 }).toBeUndefined();
  const rows = await installation.database.rows(
    `select id from secret where owner_kind in ('named-secret', 'connector')`,
  );
  expect(rows).toEqual([]);
  expect(await untilPhase(await start(), 'done')).toMatchObject({ bots: { proven: 2 } });
});

test('two replicas that advance one rotation at the same time give each wave once, and end it once', async () => {
  await installation.close();
  await install({ without: 'advance-rotations' });
  await bots('Ada', 'Bob', 'Cid');
  const rotation = await start();
  const { signal } = new AbortController();
  const replicas = [installation.plane, installation.replica('other'), installation.replica('third')];
  for (let tries = 0; tries < 200 && !(await rotationNow(rotation.id)).endedAt; tries += 1) {
    await Promise.all(replicas.map((plane) => advanceRotations(plane, signal)));
    await sleep(20);
  }
  const steps = await installation.database.rows(
    `select concat_ws(' ', type, detail->>'wave') as step from event where type like 'rotation-%' order by xid, id`,
  );
  expect(steps.map((row) => row['step'])).toEqual([
    'rotation-started',
    'rotation-advanced 1',
    'rotation-advanced 2',
    'rotation-advanced 3',
    'rotation-ended',
  ]);
});

test('there is no rotation in another workspace', async () => {
  const rotation = await start();
  const stranger = { ...installation.caller, workspaceId: randomUUID() };
  await expect(getRotation(installation.plane, stranger, { rotationId: rotation.id })).rejects.toThrow(
    'no such rotation',
  );
});
