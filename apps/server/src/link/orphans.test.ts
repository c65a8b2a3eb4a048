import { randomUUID } from 'node:crypto';
import { destroyBot } from '@clawster/control-plane/bot/destroy-bot';
import { startBot } from '@clawster/control-plane/bot/start-bot';
import type { SignedIn } from '@clawster/control-plane/caller';
import { listEvents } from '@clawster/control-plane/event/list-events';
import { adoptOrphan } from '@clawster/control-plane/orphan/adopt-orphan';
import { destroyOrphan } from '@clawster/control-plane/orphan/destroy-orphan';
import { listOrphans } from '@clawster/control-plane/orphan/list-orphans';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { listTargets } from '@clawster/control-plane/target/list-targets';
import { probeTargets } from '@clawster/control-plane/target/probe-targets';
import { roleMatrix } from '@clawster/domain/role/role';
import type { ConnectedTarget, LyingBot } from '@clawster/target/target';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StandInHost } from './stand-in-host.ts';
import { newWorkspace, testInstallation, type TestInstallation } from './test-installation.ts';

// Whole bots are brought up here, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let host: StandInHost;
let open: TestInstallation[];
beforeEach(() => {
  host = new StandInHost();
  open = [];
});
afterEach(async () => {
  host.comesAgain = false;
  for (const installation of open) await installation.close();
});

async function start(options: Parameters<typeof testInstallation>[0] = {}): Promise<TestInstallation> {
  const installation = await testInstallation({ host, ...options });
  open.push(installation);
  return installation;
}

/** A bot that lies on the host, of a Clawster whose database is gone. */
async function lostBot(): Promise<{ id: string; name: string }> {
  const lost = await start();
  const { id, name } = await lost.createBot({ personality: 'Dry.' });
  await lost.until(id, 'ready');
  host.comesAgain = true;
  await lost.close();
  open.pop();
  return { id, name };
}

const look = (plane: ControlPlane) => probeTargets(plane, new AbortController().signal);

async function orphansOf({ plane, caller }: { plane: ControlPlane; caller: SignedIn }) {
  await look(plane);
  const { items } = await listTargets(plane, caller, {});
  return (await listOrphans(plane, caller, { targetId: items[0]?.id })).items;
}

const typesOf = async ({ plane, caller }: TestInstallation) =>
  (await listEvents(plane, caller, { limit: 200 })).items.map(({ type }) => type);

test('after a lost database a bot is found where it lies, told once, adopted under its id, and waits until somebody starts it', async () => {
  const { id, name } = await lostBot();
  host.state.remember(id, 'the sea is blue');
  const anew = await start();
  const [orphan] = await orphansOf(anew);
  expect(orphan).toMatchObject({ botId: id, name, runs: true, isDoomed: false });
  await look(anew.plane);
  expect((await typesOf(anew)).filter((type) => type === 'target-orphans-found')).toHaveLength(1);

  const bot = await adoptOrphan(anew.plane, anew.caller, { orphanId: orphan?.id });
  expect(bot).toMatchObject({ id, name, spec: { desired: 'stopped' } });
  await expect.poll(() => host.isRunning(id)).toBe(false);
  expect(await orphansOf(anew)).toEqual([]);
  expect(await typesOf(anew)).toContain('bot-adopted');
  await startBot(anew.plane, anew.caller, { botId: id });
  await anew.until(id, 'ready');
  expect(host.state.memoryOf(id)).toBe('the sea is blue');
});

test('an orphan is destroyed with its state, for good, and both the order and the deed are in the record', async () => {
  const { id } = await lostBot();
  const anew = await start();
  const [orphan] = await orphansOf(anew);
  expect(await destroyOrphan(anew.plane, anew.caller, { orphanId: orphan?.id })).toMatchObject({ isDoomed: true });
  await expect(adoptOrphan(anew.plane, anew.caller, { orphanId: orphan?.id })).rejects.toThrow(
    /destroyed already|no such orphan/,
  );
  await expect.poll(() => host.volumes.has(id)).toBe(false);
  expect(host.calls).toContainEqual({ method: 'remove', botId: id, deleteState: true });
  await expect.poll(() => typesOf(anew)).toContain('target-orphan-removed');
  expect(await typesOf(anew)).toContain('target-orphan-doomed');
  expect(await orphansOf(anew)).toEqual([]);
});

test('a bot that somebody knows is no orphan, and neither is one whose state is still kept', async () => {
  const installation = await start();
  const [known, destroyed] = [await installation.createBot(), await installation.createBot()];
  await Promise.all([installation.until(known.id, 'ready'), installation.until(destroyed.id, 'ready')]);
  await destroyBot(installation.plane, installation.caller, { botId: destroyed.id, keepStateDays: 7 });
  expect(await orphansOf(installation)).toEqual([]);
});

test('what could not be asked says nothing: what was found before is still shown', async () => {
  await lostBot();
  const anew = await start({ without: 'probe-targets' });
  expect(await orphansOf(anew)).toHaveLength(1);
  host.bots = () => Promise.reject(new Error('away'));
  expect(await orphansOf(anew)).toHaveLength(1);
});

test('on a place that several workspaces share, a bot is shown to its own, and one that does not say whose it is is nobody’s to touch', async () => {
  const [there, unknown] = [await start({ without: 'probe-targets' }), 'silent'];
  const other = await newWorkspace(there.plane);
  const lying = (workspaceId?: string): LyingBot => ({
    botId: randomUUID(),
    name: workspaceId ?? unknown,
    runs: false,
    ...(workspaceId ? { workspaceId } : {}),
  });
  const all = [lying(there.caller.workspaceId), lying(other.workspaceId), lying()];
  host.bots = async () => all as Awaited<ReturnType<StandInHost['bots']>>;
  const own = await orphansOf(there);
  expect(own.map(({ name }) => name).toSorted()).toEqual([there.caller.workspaceId, unknown].toSorted());
  const silent = own.find(({ name }) => name === unknown);
  for (const act of [adoptOrphan, destroyOrphan])
    await expect(act(there.plane, there.caller, { orphanId: silent?.id, name: 'Ada' })).rejects.toThrow(
      'does not say of which workspace',
    );
  const theirs = await orphansOf({ plane: there.plane, caller: other });
  expect(theirs.map(({ name }) => name)).toContain(other.workspaceId);
  expect(theirs.map(({ name }) => name)).not.toContain(there.caller.workspaceId);
});

test('what lies there may call itself anything: it is shown as text, and a bot is given another name', async () => {
  const there = await start({ without: 'probe-targets' });
  const names = ['../../etc', 'a\0b', '\ud800', '--flag', '$(reboot)', '‮', 'x'.repeat(5_000), ''];
  host.bots = async () => names.map((name) => ({ botId: randomUUID(), name, runs: false }));
  const orphans = await orphansOf(there);
  expect(orphans).toHaveLength(names.length);
  for (const { id } of orphans)
    await expect(adoptOrphan(there.plane, there.caller, { orphanId: id })).rejects.toThrow('choose a name');
  host.bots = async () => [{ botId: 'no-uuid', name: 'Ada', runs: false }];
  const [strange] = await orphansOf(there);
  await expect(adoptOrphan(there.plane, there.caller, { orphanId: strange?.id })).rejects.toThrow('bears no id');
});

test('bots of another Clawster are shown to owners alone, and touched only by whoever says its id', async () => {
  const touched: string[] = [];
  const theirs = new Proxy({} as NonNullable<ReturnType<NonNullable<ConnectedTarget['of']>>>, {
    get: (_, method) => async (botId: string) => {
      touched.push(`${String(method)} ${botId}`);
      return method === 'inspect' ? { state: 'absent' } : { files: {} };
    },
  });
  const there = await start({
    without: 'probe-targets',
    connectTarget: async () =>
      Object.assign(host, {
        bots: async () => [{ botId: 'theirs', name: 'Eve', runs: true, installation: 'gone' }],
        of: () => theirs,
      }),
  });
  const [orphan] = await orphansOf(there);
  const ask = { orphanId: orphan?.id };
  expect(orphan).toMatchObject({ name: 'Eve', installation: 'gone' });
  expect((await listTargets(there.plane, there.caller, {})).items[0]?.orphans).toEqual([]);
  expect(await typesOf(there)).not.toContain('target-orphans-found');
  const admin: SignedIn = { ...there.caller, role: 'admin', permissions: roleMatrix.admin };
  expect(await orphansOf({ ...there, caller: admin })).toEqual([]);
  for (const act of [adoptOrphan, destroyOrphan]) {
    await expect(act(there.plane, admin, { ...ask, installation: 'gone' })).rejects.toThrow('no such orphan');
    await expect(act(there.plane, there.caller, ask)).rejects.toThrow('belongs to another Clawster, gone');
    await expect(act(there.plane, there.caller, { ...ask, installation: 'other' })).rejects.toThrow('another Clawster');
  }
  expect(touched).toEqual([]);
  await destroyOrphan(there.plane, there.caller, { ...ask, installation: 'gone' });
  await expect.poll(() => touched).toContain('remove theirs');
  expect(host.calls).toEqual([]);
});
