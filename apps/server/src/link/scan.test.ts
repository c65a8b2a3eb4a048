import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Finding } from '@clawster/contract/finding';
import type { Scan } from '@clawster/contract/scan';
import { listEvents } from '@clawster/control-plane/event/list-events';
import { dismissFinding } from '@clawster/control-plane/finding/dismiss-finding';
import { listFindings } from '@clawster/control-plane/finding/list-findings';
import { getScan, listScans } from '@clawster/control-plane/scan/list-scans';
import { getScanSchedule, setScanSchedule } from '@clawster/control-plane/scan/scan-schedule';
import { scanSecrets } from '@clawster/control-plane/scan/scan-secrets';
import { startScan } from '@clawster/control-plane/scan/start-scan';
import { createSecret } from '@clawster/control-plane/secret/create-secret';
import { dumpAll } from '@clawster/control-plane/testing';
import { createScanner } from '@clawster/link/scan/scanner';
import { scanBytes } from '@clawster/link/scan/scan-source';
import type { ScanReport } from '@clawster/link/scan/scan';
import type { SupervisorParams } from '@clawster/link/supervisor-methods';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newWorkspace, testInstallation, type TestInstallation } from './test-installation.ts';

const value = 'sk-a-key-that-was-written-down';
/** What the files of every bot are. */
let onHosts: Record<string, string>;
let asked: SupervisorParams<'secrets.scan'>[];
let unreadable: string[];
let installation: TestInstallation;
let folder: string;
let secretId: string;

beforeEach(async () => {
  [onHosts, asked, unreadable] = [{}, [], []];
  installation = await testInstallation();
  installation.host.behaviour = { 'secrets.scan': scanHost };
  folder = await mkdtemp(join(tmpdir(), 'clawster-own-'));
  installation.plane.settings.ownFiles = {
    folders: [folder],
    except: [join(folder, 'bots')],
    databaseFolder: join(folder, 'postgres'),
  };
  ({ id: secretId } = await createSecret(installation.plane, installation.caller, { name: 'OpenAI key', value }));
});
afterEach(async () => {
  await installation.close();
  await rm(folder, { recursive: true, force: true });
});

/** As a supervisor does, over files in memory. */
async function scanHost(params: SupervisorParams<'secrets.scan'>): Promise<ScanReport> {
  asked.push(params);
  const scanner = createScanner(params.salt, params.fingerprints);
  const findings: ScanReport['findings'] = [];
  for (const [place, text] of Object.entries(onHosts)) {
    if (unreadable.includes(place)) continue;
    for (const { fingerprint, packed, times } of await scanBytes(scanner, Buffer.from(text), () => {})) {
      const { version, form } = fingerprint;
      findings.push({ secretId: fingerprint.secretId, version, form, where: 'file', place, packed, times, line: 1 });
    }
  }
  const skipped = unreadable.map((place) => ({ place, why: 'It may not be read' }));
  return { findings, files: Object.keys(onHosts).length, bytes: 10, skipped, skippedMore: 0, seconds: 1 };
}

async function scan(input: { deep?: boolean } = {}): Promise<Scan> {
  const { plane, caller } = installation;
  const { id: scanId } = await startScan(plane, caller, input);
  return untilEnded(scanId);
}
async function untilEnded(scanId: string): Promise<Scan> {
  const { plane, caller } = installation;
  const now = () => getScan(plane, caller, { scanId });
  await expect.poll(async () => (await now()).endedAt, { timeout: 20_000 }).toBeDefined();
  return now();
}
async function findings(state: Finding['state'] = 'open'): Promise<Finding[]> {
  return (await listFindings(installation.plane, installation.caller, { state })).items;
}
async function readyBot(name: string): Promise<string> {
  const { id } = await installation.createBot({ name });
  await installation.until(id, 'ready');
  return id;
}
const events = async (noun: string) => (await listEvents(installation.plane, installation.caller, { noun })).items;

test('what lies in plain sight on a bot is found, told with a fix, fixed when it is gone and opened when it is back', async () => {
  const botId = await readyBot('Ada');
  onHosts = { 'logs/gateway.log': `key=${value}`, 'SOUL.md': 'nothing' };
  const done = await scan();
  expect(done).toMatchObject({ phase: 'done', opened: 1, bots: { all: 1, scanned: 1 }, trouble: [] });
  expect(done.rows).toBeGreaterThan(5);
  const [finding, ...others] = await findings();
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    severity: 'high',
    secretId,
    secretName: 'OpenAI key',
    version: 1,
    form: 'raw',
    place: { kind: 'bot', botId, botName: 'Ada', part: 'file', name: 'logs/gateway.log', line: 1 },
    fix: 'Rotate OpenAI key, then delete line 1 of logs/gateway.log on the host of Ada',
  });
  onHosts = {};
  await scan();
  expect(await findings()).toEqual([]);
  expect(await findings('fixed')).toMatchObject([{ id: finding?.id, state: 'fixed' }]);
  onHosts = { 'logs/gateway.log': value };
  await scan();
  expect(await findings()).toMatchObject([{ id: finding?.id }]);
  expect((await events('finding')).map(({ type }) => type)).toEqual([
    'finding-opened',
    'finding-fixed',
    'finding-opened',
  ]);
});

test('what could not be looked at stays open, and is told', async () => {
  await readyBot('Ada');
  onHosts = { closed: value };
  await scan();
  unreadable = ['closed'];
  const { trouble } = await scan();
  expect(trouble).toEqual([{ place: 'Ada: closed', why: 'It may not be read' }]);
  expect(await findings()).toHaveLength(1);
});

test('what is dismissed stays so while it is there', async () => {
  const { plane, caller } = installation;
  await readyBot('Ada');
  onHosts = { example: value };
  await scan();
  const [finding] = await findings();
  const findingId = String(finding?.id);
  await dismissFinding(plane, caller, { findingId, reason: 'A made-up key of the tests' });
  await scan();
  expect(await findings()).toEqual([]);
  expect(await findings('dismissed')).toMatchObject([{ dismissed: { reason: 'A made-up key of the tests' } }]);
  await expect(dismissFinding(plane, caller, { findingId, reason: 'Again' })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('a bot that cannot be asked is told, and what was found there stays open', async () => {
  const botId = await readyBot('Ada');
  onHosts = { file: value };
  await scan();
  installation.host.volumes.get(botId)?.supervisor?.crash();
  await expect.poll(() => installation.plane.links.holds(botId)).toBe(false);
  const { bots, trouble, phase } = await scan();
  expect({ bots, phase }).toEqual({ bots: { all: 1, scanned: 0 }, phase: 'done' });
  expect(trouble).toMatchObject([{ place: 'Ada', why: expect.stringContaining('no link') }]);
  expect(await findings()).toHaveLength(1);
});

test('every table is looked through, and a value in it is told by its column and row', async () => {
  const { database, caller } = installation;
  await database.rows(`update workspace set name = 'named ${value}' where id = '${caller.workspaceId}'`);
  const [event] = await database.rows(`insert into event (workspace_id, type, actor, detail)
    select id, 'bot-updated', '{"kind": "system", "job": "test"}', jsonb_build_object('a', encode('x${value}', 'base64'))
    from workspace where id = '${caller.workspaceId}' returning id`);
  await scan();
  const places = (await findings()).map(({ form, place: { kind, part, name, row } }) => ({
    form,
    kind,
    part,
    name,
    row,
  }));
  expect(places).toEqual(
    expect.arrayContaining([
      { form: 'raw', kind: 'database', part: 'column', name: 'workspace.name', row: caller.workspaceId },
      { form: 'base64', kind: 'database', part: 'column', name: 'event.detail', row: String(event?.['id']) },
    ]),
  );
  expect(places).toHaveLength(2);
});

test("the server's own files are looked through, but not those of bots, and the database's when asked", async () => {
  for (const name of ['logs', 'bots', 'postgres']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'logs', 'old.gz'), gzipSync(value));
  await writeFile(join(folder, 'bots', 'file'), value);
  await writeFile(join(folder, 'postgres', 'wal'), value);
  const found = async () => (await findings()).map(({ place }) => place.name);
  await scan();
  expect(await found()).toEqual([join(folder, 'logs', 'old.gz')]);
  await scan({ deep: true });
  expect(new Set(await found())).toEqual(new Set([join(folder, 'logs', 'old.gz'), join(folder, 'postgres', 'wal')]));
});

test("other workspaces' secrets are not looked for, nor are their rows", async () => {
  const { plane, database } = installation;
  const other = await newWorkspace(plane);
  const theirs = 'sk-another-workspaces-own-key';
  await createSecret(plane, other, { name: 'Theirs', value: theirs });
  await readyBot('Ada');
  onHosts = { file: theirs };
  await database.rows(`update workspace set name = '${value}' where id = '${other.workspaceId}'`);
  await scan();
  expect(await findings()).toEqual([]);
  expect((await listFindings(plane, other, { state: 'all' })).items).toEqual([]);
});

test('no finding, event, log or row holds a value, the salt or a fingerprint', async () => {
  await readyBot('Ada');
  onHosts = { [`named ${value}`]: value };
  await scan();
  const [{ salt, fingerprints } = { salt: '', fingerprints: [] }] = asked;
  const all = JSON.stringify([
    await findings('open'),
    await listScans(installation.plane, installation.caller, {}),
    await events('scan'),
    await events('finding'),
    installation.logged,
    await dumpAll(installation.plane),
  ]);
  expect((await findings()).map(({ place }) => place.name)).toEqual(['named [secret]']);
  expect(salt.length).toBeGreaterThan(30);
  for (const confidential of [value, salt, ...fingerprints.map(({ strong }) => strong)])
    expect(all).not.toContain(confidential);
});

test('a scan that goes on is not begun twice; one is begun by itself when it is due, and never when that is wanted', async () => {
  const { plane, caller, database } = installation;
  const long = Promise.withResolvers<ScanReport>();
  installation.host.behaviour = { 'secrets.scan': () => long.promise };
  await readyBot('Ada');
  const { id } = await startScan(plane, caller, {});
  await expect(startScan(plane, caller, {})).rejects.toMatchObject({ code: 'conflict' });
  long.resolve(await scanHost({ salt: 'x'.repeat(30), fingerprints: [] }));
  await untilEnded(id);
  const stop = new AbortController();
  const later = (hours: number) =>
    database.rows(`update scan set asked_at = asked_at - interval '${hours} hours';
      update workspace set created_at = created_at - interval '${hours} hours'`);
  const count = async () => (await listScans(plane, caller, {})).total;
  await scanSecrets(plane, stop.signal);
  expect(await count()).toBe(1);
  expect(await getScanSchedule(plane, caller, {})).toEqual({ everyHours: 24 });
  await setScanSchedule(plane, caller, { everyHours: null });
  await later(25);
  await scanSecrets(plane, stop.signal);
  expect(await count()).toBe(1);
  await setScanSchedule(plane, caller, { everyHours: 12 });
  await scanSecrets(plane, stop.signal);
  const { items } = await listScans(plane, caller, {});
  expect(items).toMatchObject([{ author: 'Clawster' }, { author: 'Ada' }]);
});
