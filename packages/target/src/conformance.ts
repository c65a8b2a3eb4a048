import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeLying } from './conformance-lying.ts';
import { describePlugins } from './conformance-plugins.ts';
import { describeState } from './conformance-state.ts';
import { type Suite, type TargetUnderTest, untilState } from './conformance-suite.ts';
import type { ConnectedTarget, Workload } from './target.ts';

export type { TargetUnderTest };

/** What every target promises; each one runs it against its real engine. */
export function describeTarget(name: string, make: () => Promise<TargetUnderTest>): void {
  // A workload on a busy machine may need seconds to start, and some tests wait for several.
  describe(`${name} is a target`, { timeout: 120_000 }, () => {
    let made: TargetUnderTest | undefined;
    let connected: ConnectedTarget | undefined;
    let count = 0;
    beforeAll(async () => {
      made = await make();
      connected = await made.connect();
    });
    afterAll(() => made?.cleanUp());
    const suite: Suite = {
      under: () => present(made),
      target: () => present(connected),
      newBot: () => `bot-${++count}`,
    };
    describeLife(suite);
    describeGenerations(suite);
    describeCopies(suite);
    describeEnds(suite);
    describeOrphans(suite);
    describeSafety(suite);
    describeLying(suite);
    describeState(suite);
    describePlugins(suite);
  });
}

function describeLife({ under, target, newBot }: Suite): void {
  test('says whether a bot could be put there, in a sentence', async () => {
    const { ok, message } = await target().probe();
    expect(typeof ok).toBe('boolean');
    expect(message).not.toBe('');
  });

  test('a bot nobody applied is absent, and may be stopped and removed all the same', async () => {
    const botId = newBot();
    await target().stop(botId);
    await target().remove(botId, { deleteState: true });
    expect(await target().inspect(botId)).toEqual({ state: 'absent' });
  });

  test('an applied bot runs with its workload, whole', async () => {
    const workload = under().workload(newBot());
    await target().apply(workload);
    await untilState(target(), workload.botId, 'running');
    const { generation, botName, joinToken } = workload;
    expect(await under().received(workload.botId)).toMatchObject({ generation, botName, joinToken });
  });

  test('applying twice, and many times at once, makes one process', async () => {
    const workload = under().workload(newBot());
    const other = await under().connect();
    await Promise.all([target().apply(workload), other.apply(workload), target().apply(workload)]);
    await untilState(target(), workload.botId, 'running');
    await target().apply(workload);
    expect(await under().runningCount(workload.botId)).toBe(1);
  });

  test('a bot outlives the connection, and a new one finds it', async () => {
    const workload = under().workload(newBot());
    await (await under().connect()).apply(workload);
    await untilState(target(), workload.botId, 'running');
    const afterRestart = await under().connect();
    expect(await afterRestart.inspect(workload.botId)).toMatchObject({
      state: 'running',
      generation: workload.generation,
    });
    await afterRestart.apply(workload);
    expect(await under().runningCount(workload.botId)).toBe(1);
  });
}

function describeGenerations({ under, target, newBot }: Suite): void {
  test('a newer generation replaces the older', async () => {
    const workload = under().workload(newBot());
    await target().apply(workload);
    await untilState(target(), workload.botId, 'running');
    await target().apply({ ...workload, generation: workload.generation + 1 });
    expect(await untilState(target(), workload.botId, 'running')).toMatchObject({
      state: 'running',
      generation: workload.generation + 1,
    });
    expect(await under().received(workload.botId)).toMatchObject({ generation: workload.generation + 1 });
    expect(await under().runningCount(workload.botId)).toBe(1);
  });

  test('an older generation never replaces a newer, running or stopped', async () => {
    const workload = { ...under().workload(newBot()), generation: 5 };
    await target().apply(workload);
    await untilState(target(), workload.botId, 'running');
    await target().apply({ ...workload, generation: 4 });
    expect(await target().inspect(workload.botId)).toMatchObject({ state: 'running', generation: 5 });
    await target().stop(workload.botId);
    await target().apply({ ...workload, generation: 4 });
    expect(await target().inspect(workload.botId)).toMatchObject({ state: 'exited', generation: 5 });
  });
}

function describeCopies({ under, target, newBot }: Suite): void {
  const ofCopy = (workload: Workload, epoch: number) => ({ ...workload, copy: { ...workload.copy, epoch } });

  test('a newer copy of the control plane takes a bot over as it runs; an older one is refused from then on', async () => {
    const workload = under().workload(newBot());
    await target().apply(ofCopy(workload, 1));
    await untilState(target(), workload.botId, 'running');
    await target().apply(ofCopy(workload, 2));
    expect(await target().inspect(workload.botId)).toMatchObject({ state: 'running', copy: { epoch: 2 } });
    expect(await under().runningCount(workload.botId)).toBe(1);
    const newer = { ...ofCopy(workload, 1), generation: workload.generation + 1 };
    await expect(target().apply(newer)).rejects.toThrow('newer copy');
    await target().stop(workload.botId);
    await expect(target().apply(newer)).rejects.toThrow('newer copy');
    expect(await target().inspect(workload.botId)).toMatchObject({ state: 'exited', copy: { epoch: 2 } });
    expect(await under().runningCount(workload.botId)).toBe(0);
  });

  test('an older copy does not bring back a bot that a newer one removed and whose state was kept', async () => {
    const workload = under().workload(newBot());
    await target().apply(ofCopy(workload, 2));
    await untilState(target(), workload.botId, 'running');
    await target().remove(workload.botId, { deleteState: false });
    await expect(target().apply(ofCopy(workload, 1))).rejects.toThrow('newer copy');
  });
}

function describeEnds({ under, target, newBot }: Suite): void {
  test('a stopped bot has exited, keeps its volume, and starts again', async () => {
    const workload = under().workload(newBot());
    await target().apply(workload);
    await untilState(target(), workload.botId, 'running');
    await under().writeState(workload.botId, 'memory.txt', 'kept');
    await target().stop(workload.botId);
    await target().stop(workload.botId);
    expect(await target().inspect(workload.botId)).toMatchObject({ state: 'exited', generation: workload.generation });
    expect(await under().runningCount(workload.botId)).toBe(0);
    await target().apply(workload);
    await untilState(target(), workload.botId, 'running');
    expect(await under().readState(workload.botId, 'memory.txt')).toBe('kept');
  });

  test('a crashed bot is seen as exited with a reason, and may be applied again', async () => {
    const workload = under().workload(newBot());
    await target().apply(workload);
    await untilState(target(), workload.botId, 'running');
    await under().crash(workload.botId);
    const seen = await untilState(target(), workload.botId, 'exited');
    expect(seen).toMatchObject({ reason: expect.stringMatching(/\w+/) });
    await target().apply(workload);
    await untilState(target(), workload.botId, 'running');
    expect(await under().runningCount(workload.botId)).toBe(1);
  });

  test('a bot that ignores the request to end is ended', async () => {
    const workload = under().workload(newBot(), { behaviour: 'stubborn' });
    await target().apply(workload);
    await untilState(target(), workload.botId, 'running');
    await target().stop(workload.botId);
    expect(await under().runningCount(workload.botId)).toBe(0);
    expect(await target().inspect(workload.botId)).toMatchObject({ state: 'exited' });
  });

  test.each([
    ['keeps its volume unless asked to delete it', false, 'kept'],
    ['takes its volume along when asked to', true, undefined],
  ])('removing a bot %s', async (_, deleteState, expected) => {
    const workload = under().workload(newBot());
    await target().apply(workload);
    await untilState(target(), workload.botId, 'running');
    await under().writeState(workload.botId, 'memory.txt', 'kept');
    await target().remove(workload.botId, { deleteState });
    await target().remove(workload.botId, { deleteState });
    expect(await target().inspect(workload.botId)).toEqual({ state: 'absent' });
    expect(await under().runningCount(workload.botId)).toBe(0);
    expect(await under().readState(workload.botId, 'memory.txt')).toBe(expected);
  });

  test('the volume of a bot removed earlier can still be deleted', async () => {
    const workload = under().workload(newBot());
    await target().apply(workload);
    await untilState(target(), workload.botId, 'running');
    await under().writeState(workload.botId, 'memory.txt', 'kept');
    await target().remove(workload.botId, { deleteState: false });
    await target().remove(workload.botId, { deleteState: true });
    expect(await under().readState(workload.botId, 'memory.txt')).toBeUndefined();
  });
}

function describeOrphans({ under, target, newBot }: Suite): void {
  async function orphaned(): Promise<Workload> {
    const workload = under().workload(newBot(), { behaviour: 'with-gateway' });
    await target().apply(workload);
    await untilState(target(), workload.botId, 'running');
    await under().crash(workload.botId);
    expect(await untilState(target(), workload.botId, 'exited')).toMatchObject({ orphan: true });
    return workload;
  }
  const count = (botId: string) => under().gatewayCount?.(botId);

  test('a gateway that outlives its supervisor is seen, and ended by stop', async ({ skip }) => {
    if (!under().gatewayCount) return skip();
    const { botId } = await orphaned();
    await target().stop(botId);
    expect(await count(botId)).toBe(0);
    expect(await target().inspect(botId)).not.toHaveProperty('orphan');
  });

  test('a gateway that outlives its supervisor is ended by remove', async ({ skip }) => {
    if (!under().gatewayCount) return skip();
    const { botId } = await orphaned();
    await target().remove(botId, { deleteState: true });
    expect(await count(botId)).toBe(0);
    expect(await target().inspect(botId)).toEqual({ state: 'absent' });
  });

  test('a gateway that outlives its supervisor makes way for the next', async ({ skip }) => {
    if (!under().gatewayCount) return skip();
    const workload = await orphaned();
    await target().apply(workload);
    await untilState(target(), workload.botId, 'running');
    expect(await count(workload.botId)).toBe(1);
  });
}

/** What shells, paths, logs, options and terminals trip over, in one name. */
const hostileName = `-rf ../../escape $(touch escape) ';-- "\n\u0000 \u001b[31m 🦞 \u202e reversed `;

function describeSafety({ under, target, newBot }: Suite): void {
  test('the join token is on no disk, in no argument and no environment', async () => {
    const workload = under().workload(newBot());
    await target().apply(workload);
    await untilState(target(), workload.botId, 'running');
    const exposed = await under().exposed(workload.botId);
    expect(exposed).toContain(workload.botId);
    expect(exposed).not.toContain(workload.joinToken);
  });

  test('a name is only a name, whatever it holds', async () => {
    const workload = { ...under().workload(newBot()), botName: hostileName };
    await target().apply(workload);
    await untilState(target(), workload.botId, 'running');
    expect(await under().received(workload.botId)).toMatchObject({ botName: hostileName });
  });

  test.each(['../outside', '/etc', '', '.', 'a/b', 'a\u0000b'])(
    'the id %j, which names another place, is refused',
    async (botId) => {
      await expect(target().apply({ ...under().workload('bot-0'), botId })).rejects.toThrow(/id of a bot/);
      await expect(target().remove(botId, { deleteState: true })).rejects.toThrow(/id of a bot/);
    },
  );
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The target under test could not be made');
  return value;
}
