import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { untilState } from '@clawster/target/conformance-suite';
import type { ConnectedTarget } from '@clawster/target/target';
import { someWorkload } from '@clawster/target/testing/some-workload';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dockerSwarm } from '../docker-swarm.ts';
import { putFile } from '../testing/volume.ts';
import { readFile } from '../volume-files.ts';
import { applyWorkload } from './apply-service.ts';
import { findBot } from './bot-service.ts';
import { nodesOf } from './testing/cut-off.ts';
import { containersOf, describeInSwarm, swarmSettingsFor, wipeSwarm } from './testing/lab-under-test.ts';

const installation = 'one-copy';
const inSwarm = `${installation}-swarm`;
const tools = { node: '', supervisor: { file: '', version: '' } };

describeInSwarm('a bot in a Swarm', (lab) => {
  const nodes = nodesOf(lab);
  const settings = swarmSettingsFor(lab, installation);
  const workload = (botId: string) => someWorkload({ botId, supervisor: { file: '/nowhere', version: '1.0.0' } });
  const count = async (botId: string) => (await containersOf(lab, inSwarm, botId)).length;
  const botOn: Record<string, string> = {};
  let target: ConnectedTarget;
  const on = (node: string) => botOn[node] ?? '';

  /** The most copies that were seen at once while the work went on. */
  async function mostCopies(botId: string, work: () => Promise<void>): Promise<number> {
    let isOver = false;
    let most = 0;
    const watch = async () => {
      for (; !isOver; await sleep(100)) most = Math.max(most, await count(botId).catch(() => 0));
    };
    const watching = watch();
    await work().finally(() => (isOver = true));
    await watching;
    return most;
  }

  beforeAll(async () => {
    await wipeSwarm(lab, inSwarm);
    target = await dockerSwarm.connect(settings);
  });
  afterAll(() => wipeSwarm(lab, inSwarm));

  test('is put on the node with the most free memory, which the target tells with all others', async () => {
    for (const botId of ['a', 'b', 'c']) {
      await target.apply(workload(botId));
      await untilState(target, botId, 'running');
      botOn[(await findBot(lab.manager, inSwarm, botId))?.node.name ?? ''] = botId;
    }
    expect(Object.keys(botOn).toSorted()).toEqual(['manager', 'worker-1', 'worker-2']);
    const { ok, message } = await target.probe();
    expect({ ok, message }).toMatchObject({
      ok: true,
      message: expect.stringMatching(/^Swarm of 3 nodes, Docker \S+; .*worker-1 \d+\.\d GB free.*: room for \d+ more/),
    });
  });

  test('is one, whichever of several control planes say so at once', async () => {
    const at = { engine: lab.manager, settings: { ...settings, installation: inSwarm } };
    const newer = { ...workload(on('manager')), generation: 2 };
    const said = await Promise.allSettled([1, 2, 3, 4].map(() => applyWorkload(at, newer)));
    expect(said.map(({ status }) => status)).toContain('fulfilled');
    expect(await untilState(target, newer.botId, 'running')).toMatchObject({ generation: 2 });
    expect(await count(newer.botId)).toBe(1);
  });

  test('is not started elsewhere when its node dies, and is again where its state lies once that is back', async () => {
    const botId = on('worker-1');
    const [before] = await containersOf(lab, inSwarm, botId);
    if (before) await putFile(before, 'memory.txt', 'kept');
    const bringBack = await nodes.kill('worker-1');
    await expect(target.inspect(botId)).rejects.toThrow(/^Its node worker-1 is down since \S+Z\. Its state lies there/);
    await expect(target.apply(workload(botId))).rejects.toThrow('Its node worker-1 is down');
    expect((await target.probe()).message).toContain('worker-1 down');
    await sleep(5_000);
    const elsewhere = { ...lab, nodes: lab.nodes.filter(({ name }) => name !== 'worker-1') };
    expect(await containersOf(elsewhere, inSwarm, botId)).toEqual([]);
    await bringBack();
    await untilState(target, botId, 'exited');
    await target.apply(workload(botId));
    await untilState(target, botId, 'running');
    const [after] = await containersOf(lab, inSwarm, botId);
    expect(after && (await readFile(after, 'memory.txt'))).toBe('kept');
  });

  test('goes on alone on a node that is cut off, and ends there once it is heard of, before another begins', async () => {
    const botId = on('worker-2');
    const most = await mostCopies(botId, async () => {
      const mend = await nodes.partition('worker-2');
      expect(await count(botId)).toBe(1);
      await expect(target.apply({ ...workload(botId), generation: 2 })).rejects.toThrow('Its node worker-2 is down');
      await expect(target.inspect(botId)).rejects.toThrow('Its node worker-2 is down');
      await sleep(3_000);
      expect(await count(botId)).toBe(1);
      await mend();
      await untilState(target, botId, 'exited');
      await target.apply({ ...workload(botId), generation: 2 });
      expect(await untilState(target, botId, 'running')).toMatchObject({ generation: 2 });
    });
    expect(most).toBe(1);
    expect(await count(botId)).toBe(1);
  });

  test('that is stopped while its node is cut off ends there once the node is heard of', async () => {
    const botId = on('worker-2');
    const mend = await nodes.partition('worker-2');
    await expect(target.stop(botId)).rejects.toThrow(/ends as soon as that node is back/);
    expect(await count(botId)).toBe(1);
    await mend();
    await expect.poll(() => count(botId)).toBe(0);
    expect(await untilState(target, botId, 'exited')).toMatchObject({ reason: 'Stopped' });
  });

  test('ends when its node is drained, and starts there when it is not any more', async () => {
    const botId = on('worker-1');
    await nodes.setAvailability('worker-1', 'drain');
    expect(await untilState(target, botId, 'exited')).toMatchObject({ reason: 'Its node worker-1 is drained' });
    await expect(target.apply(workload(botId))).rejects.toThrow('docker node update --availability active worker-1');
    expect(await count(botId)).toBe(0);
    await nodes.setAvailability('worker-1', 'active');
    await target.apply(workload(botId));
    await untilState(target, botId, 'running');
    expect(await count(botId)).toBe(1);
  });

  test('goes on as it is while its manager is away', async () => {
    const botId = on('worker-1');
    const [before] = await containersOf(lab, inSwarm, botId);
    const bringBack = await nodes.kill('manager');
    await expect(target.inspect(botId)).rejects.toThrow();
    await bringBack();
    await expect.poll(() => target.inspect(botId).catch(String)).toMatchObject({ state: 'running' });
    const [after, another] = await containersOf(lab, inSwarm, botId);
    expect([after?.id, another]).toEqual([before?.id, undefined]);
  });

  test('whose node a person removed is started nowhere until it was given a state again, and then elsewhere', async () => {
    const botId = on('worker-2');
    await target.apply({ ...workload(botId), generation: 3 });
    await untilState(target, botId, 'running');
    const [before] = await containersOf(lab, inSwarm, botId);
    if (before) await putFile(before, 'state/memory.txt', 'from its backup');
    const archive = await buffer((await target.exportState?.(botId, tools)) ?? Readable.from([]));
    await nodes.remove('worker-2');
    const seen = await untilState(target, botId, 'exited');
    expect(seen).toMatchObject({ reason: expect.stringContaining('Its node worker-2 was removed from the Swarm') });
    await expect(target.apply({ ...workload(botId), generation: 4 })).rejects.toThrow('Restore it from a backup');
    await target.importState?.(botId, Readable.from([archive]), tools);
    await target.apply({ ...workload(botId), generation: 4 });
    await untilState(target, botId, 'running');
    const [after, another] = await containersOf(lab, inSwarm, botId);
    expect(another).toBeUndefined();
    expect(after && (await readFile(after, 'state/memory.txt'))).toBe('from its backup');
    expect((await findBot(lab.manager, inSwarm, botId))?.node.name).not.toBe('worker-2');
  });
});
