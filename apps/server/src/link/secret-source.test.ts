import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnector } from '@clawster/control-plane/connector/create-connector';
import { updateConnector } from '@clawster/control-plane/connector/update-connector';
import { listRotations } from '@clawster/control-plane/rotation/list-rotations';
import { revokeSecret } from '@clawster/control-plane/rotation/revoke-secret';
import { startRotation } from '@clawster/control-plane/rotation/start-rotation';
import { undoRotation } from '@clawster/control-plane/rotation/undo-rotation';
import { createSecret } from '@clawster/control-plane/secret/create-secret';
import { followSources } from '@clawster/control-plane/secret/follow-sources';
import { getSecret } from '@clawster/control-plane/secret/get-secret';
import { refreshSecret } from '@clawster/control-plane/secret/refresh-secret';
import type { SecretSource } from '@clawster/control-plane/secret/source/secret-source';
import { vaultKvSource } from '@clawster/control-plane/secret/source/vault-kv';
import { type VaultService, vaultService } from '@clawster/control-plane/secret/testing/vault-service';
import { updateSecret } from '@clawster/control-plane/secret/update-secret';
import { dumpAll } from '@clawster/control-plane/testing';
import { planOf } from '@clawster/link/model-plan';
import type { Configure } from '@clawster/link/supervisor-methods';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { usualReport } from '../seed/stand-in-report.ts';
import { startModelProvider, type TestProvider } from '../testing/model-provider.ts';
import { testInstallation, type TestInstallation } from './test-installation.ts';

let folder: string;
let provider: TestProvider;
let vault: VaultService;
let installation: TestInstallation;
beforeAll(async () => {
  provider = await startModelProvider('old-key', 'new-key');
  folder = await mkdtemp(join(tmpdir(), 'clawster-source-'));
  await writeFile(join(folder, 'token'), 'token-1\n', { mode: 0o600 });
});
beforeEach(async () => {
  vault = await vaultService();
  const signIn = { tokenFile: join(folder, 'token') };
  const source = vaultKvSource({ url: vault.url, signIn }, { allowPrivate: true }) as SecretSource;
  const within = 'secret/{workspace}/';
  installation = await testInstallation({
    sources: [{ address: { kind: 'vault-kv', where: vault.url, within }, source }],
  });
  write('old-key');
});
afterEach(async () => {
  await installation.close();
  await vault.close();
});
afterAll(async () => {
  await provider.close();
  await rm(folder, { recursive: true });
});

/** Another version of all there is in the store. */
function write(value: string): void {
  vault.version += 1;
  vault.secrets.set(pathOf('model'), { 'api-key': value });
}
const pathOf = (name: string) => `${installation.caller.workspaceId}/${name}`;
const sourceAt = (path = pathOf('model')) => ({ kind: 'vault-kv', mount: 'secret', path, field: 'api-key' });
const as = () => [installation.plane, installation.caller] as const;

const keep = (some: Record<string, unknown> = {}) =>
  createSecret(...as(), { name: 'Model key', source: sourceAt(), ...some });
const now = (secretId: string) => getSecret(...as(), { secretId });
const rotations = async (secretId: string) => (await listRotations(...as(), { secretId })).items;

/** A look that is due. */
async function follow(): Promise<void> {
  await installation.database.rows('update named_secret set source_due_at = now() where source is not null');
  await followSources(installation.plane, new AbortController().signal);
}
async function told(type: string): Promise<{ detail: Record<string, unknown>; actor: Record<string, unknown> }[]> {
  const rows = await installation.database.rows(`select detail, actor from event where type = '${type}' order by id`);
  return rows as { detail: Record<string, unknown>; actor: Record<string, unknown> }[];
}

/** A secret of the store behind a provider, and a bot that runs with it. */
async function used() {
  const { id: secretId } = await keep();
  const { id: connectorId } = await createConnector(...as(), {
    name: 'House',
    provider: 'openai-compatible',
    baseUrl: provider.baseUrl,
    model: 'small',
    apiKey: 'old-key',
  });
  // As a channel attaches one that is kept already.
  await installation.database.rows(`update secret_use set secret_id = '${secretId}' where owner_id = '${connectorId}'`);
  const bot = await installation.createBot({ name: 'Ada', connectorId });
  await installation.until(bot.id, 'ready');
  const key = () => keyOf(installation.host.volumes.get(bot.id)?.supervisor?.configured.at(-1) as Configure);
  return { secretId, connectorId, key };
}
const keyOf = ({ model }: Configure) => planOf(model).models[0]?.upstreams[0]?.apiKey;
function refusingNewKey(configure: Configure) {
  const report = usualReport(configure);
  if (keyOf(configure) !== 'new-key') return report;
  const refused = { ok: false, text: 'The provider refused the API key', at: new Date().toISOString() };
  return { ...report, proofs: report.proofs?.map((proof) => ({ ...proof, ...refused })) };
}
const ended = (secretId: string, phase: string) =>
  expect.poll(async () => (await rotations(secretId))[0]?.phase, { timeout: 20_000 }).toBe(phase);

test('a secret of a store is read at once and kept sealed; no answer, event or row holds its value', async () => {
  const secret = await keep();
  expect(secret).toMatchObject({ version: 1, source: sourceAt(), readAt: expect.any(String) });
  const texts = [JSON.stringify(await now(secret.id)), ...(await dumpAll(installation.plane))];
  const forms = ['old-key', Buffer.from('old-key').toString('hex'), Buffer.from('old-key').toString('base64')];
  expect(texts.filter((text) => forms.some((form) => text.includes(form)))).toEqual([]);
});

test('what cannot be read is not kept, and either a value or a source is given', async () => {
  await expect(keep({ source: sourceAt(pathOf('none')) })).rejects.toThrow('The vault has no secret');
  await expect(keep({ value: 'x' })).rejects.toThrow('one of the two');
  await expect(keep({ source: undefined })).rejects.toThrow('one of the two');
  vault.secrets.set(pathOf('model'), { 'api-key': ' ' });
  await expect(keep()).rejects.toThrow('cannot be used: it is empty');
});

test('a workspace reads nothing of another one, and no store the server does not name', async () => {
  vault.secrets.set('someone-else/model', { 'api-key': 'foreign' });
  const asked = vault.asked;
  await expect(keep({ source: sourceAt('someone-else/model') })).rejects.toThrow(
    `what begins with secret/${installation.caller.workspaceId}/: keep the secret there`,
  );
  await expect(keep({ source: { kind: 'azure-key-vault', name: 'model' } })).rejects.toThrow(
    'reads no secrets from Azure Key Vault',
  );
  expect(vault.asked).toBe(asked);
});

test('a value that changed there is tried, given to the bots and proven, by nobody’s hand', async () => {
  const { secretId, key } = await used();
  write('new-key');
  await follow();
  await ended(secretId, 'done');
  expect((await rotations(secretId))[0]).toMatchObject({ bots: { proven: 1 }, author: 'Clawster', toVersion: 2 });
  expect(key()).toBe('new-key');
  expect((await told('rotation-started'))[0]?.actor).toEqual({ kind: 'system', job: 'follow-sources' });
  await follow();
  expect(await rotations(secretId)).toHaveLength(1);
});

test('the same value under another version there is no change, and tells nobody', async () => {
  const { id } = await keep();
  write('old-key');
  await follow();
  expect(await rotations(id)).toEqual([]);
  expect(await told('secret-source-read')).toEqual([]);
  expect((await now(id)).readTrouble).toBeUndefined();
});

test('a value that is refused where it is used is told once and given to no bot; a better one is followed', async () => {
  const { secretId, key } = await used();
  write('wrong-key');
  await follow();
  await follow();
  expect((await now(secretId)).readTrouble).toContain('House: The provider refused the API key');
  expect((await told('secret-source-read')).map(({ detail }) => detail['ok'])).toEqual([false]);
  expect([await rotations(secretId), key()]).toEqual([[], 'old-key']);
  write('new-key');
  await follow();
  await ended(secretId, 'done');
  expect((await now(secretId)).readTrouble).toBeUndefined();
  expect((await told('secret-source-read')).map(({ detail }) => detail['ok'])).toEqual([false, true]);
});

test('while the store is away bots start with what was read last, and it is asked less and less often', async () => {
  const { secretId, connectorId } = await used();
  vault.fault = 'throttled';
  await follow();
  await follow();
  const { readTrouble, readAt } = await now(secretId);
  expect([readTrouble, readAt]).toEqual([expect.stringContaining('cannot be asked'), expect.any(String)]);
  const [row] = await installation.database.rows(
    "select source_failures, source_due_at > now() + interval '10 minutes' as later from named_secret where source is not null",
  );
  expect(row).toEqual({ source_failures: 2, later: true });
  const late = await installation.createBot({ name: 'Bob', connectorId });
  await installation.until(late.id, 'ready');
  expect(await told('secret-source-read')).toHaveLength(1);
});

test('what is undone is not followed again, but what comes after it is', async () => {
  installation.host.behaviour = { reportAfterConfigure: refusingNewKey };
  const { secretId } = await used();
  write('new-key');
  await refreshSecret(...as(), { secretId });
  await ended(secretId, 'halted');
  // While it goes on, it waits.
  await follow();
  const [rotation, ...others] = await rotations(secretId);
  expect([rotation?.author, others]).toEqual(['Ada', []]);
  await undoRotation(...as(), { rotationId: rotation?.id });
  await follow();
  expect(await rotations(secretId)).toHaveLength(1);
  expect(await now(secretId)).toMatchObject({
    version: 1,
    readTrouble: expect.stringContaining('was taken back here'),
  });
  write('new-key');
  await follow();
  expect(await rotations(secretId)).toHaveLength(2);
});

test('one that was revoked is followed to what its store has next alone', async () => {
  const { id: secretId } = await keep();
  await revokeSecret(...as(), { secretId, reason: 'Leaked' });
  await follow();
  expect(await rotations(secretId)).toEqual([]);
  write('new-key');
  await follow();
  expect(await rotations(secretId)).toHaveLength(1);
});

test('it is read when someone asks, and that is told with who; a value given by hand is refused', async () => {
  const { id: secretId } = await keep();
  expect((await refreshSecret(...as(), { secretId })).readTrouble).toBeUndefined();
  vault.fault = 'denied';
  expect((await refreshSecret(...as(), { secretId })).readTrouble).toContain('does not let Clawster read');
  const read = await told('secret-source-read');
  expect(read.map(({ actor, detail }) => [actor['name'], detail['ok']])).toEqual([
    ['Ada', true],
    ['Ada', false],
  ]);
  await expect(startRotation(...as(), { secretId, value: 'x' })).rejects.toThrow(
    'kept in the vault: change it there, Clawster follows within five minutes, or refresh it now',
  );
  const { id: here } = await createSecret(...as(), { name: 'Here', value: 'x' });
  await expect(refreshSecret(...as(), { secretId: here })).rejects.toThrow('kept here');
});

test('another source is read first and may begin a rotation; without one it is kept here', async () => {
  const { id: secretId } = await keep();
  await expect(updateSecret(...as(), { secretId, source: sourceAt(pathOf('none')) })).rejects.toThrow('has no secret');
  vault.secrets.set(pathOf('other'), { 'api-key': 'new-key' });
  const moved = await updateSecret(...as(), { secretId, source: sourceAt(pathOf('other')) });
  expect(moved).toMatchObject({ version: 2, source: { path: pathOf('other') } });
  expect((await told('secret-updated'))[0]?.detail).toMatchObject({
    after: { source: expect.stringContaining('other') },
  });
  expect((await updateSecret(...as(), { secretId, source: null })).source).toBeUndefined();
});

test('a key that is entered at its provider becomes a secret of its own, and the source is followed as before', async () => {
  const { secretId, connectorId } = await used();
  await updateConnector(...as(), { connectorId, apiKey: 'new-key' });
  expect(await now(secretId)).toMatchObject({ version: 1, uses: [] });
});
