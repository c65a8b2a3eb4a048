import { randomUUID } from 'node:crypto';
import { destroyBot } from '@clawster/control-plane/bot/destroy-bot';
import { readLogs } from '@clawster/control-plane/bot/read-logs';
import { copyOf } from '@clawster/control-plane/installation/installation.queries';
import { whyOvertaken } from '@clawster/control-plane/installation/overtaken';
import { getStatus } from '@clawster/control-plane/system/get-status';
import { startTurn } from '@clawster/control-plane/turn/start-turn';
import { joinTokenFor, pretend, reasonReported, telemetryOf } from '@clawster/control-plane/testing';
import { closeCode } from '@clawster/link/handshake';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { readyReport } from '../seed/stand-in-report.ts';
import { createIdentity, StandInSupervisor } from '../seed/stand-in-supervisor.ts';
import { testInstallation, type TestInstallation } from './test-installation.ts';

// Whole bots are brought up here, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let installation: TestInstallation;
let botId: string;
let joinToken: string;
beforeAll(async () => {
  installation = await testInstallation({ loops: false });
});
afterAll(() => installation.close());
beforeEach(async () => {
  const bot = await installation.createBot();
  botId = bot.id;
  joinToken = await joinTokenFor(installation.plane, { id: bot.id, workspaceId: installation.caller.workspaceId });
});

const dialIn = (some: Partial<Parameters<typeof StandInSupervisor.dialIn>[1]> = {}) =>
  StandInSupervisor.dialIn(installation.url, { botId, joinToken, ...some });

describe('who dials in', () => {
  test('enrols once with its join token, and afterwards with its key', async () => {
    const identity = createIdentity();
    const first = await dialIn({ identity });
    await expect(dialIn()).rejects.toMatchObject({ code: closeCode.unauthenticated });
    first.crash();
    const again = await StandInSupervisor.dialIn(installation.url, { botId, identity });
    expect(again.epoch).toBe(first.epoch + 1);
    again.crash();
  });

  test('gets in with what it was started with though another start was begun since; what is older is void then', async () => {
    const another = () => joinTokenFor(installation.plane, { id: botId, workspaceId: installation.caller.workspaceId });
    const newer = await another();
    (await dialIn()).crash();
    (await dialIn({ joinToken: newer })).crash();
    const [older, newest] = [await another(), await another()];
    (await dialIn({ joinToken: newest })).crash();
    await expect(dialIn({ joinToken: older })).rejects.toMatchObject({ code: closeCode.unauthenticated });
  });

  test('gets in once when two bring the same join token at the same time', async () => {
    const outcomes = await Promise.allSettled([dialIn(), dialIn(), dialIn(), dialIn()]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBe(1);
  });

  test.each<[string, (params: Record<string, unknown>) => void, number]>([
    [
      'a wrong join token',
      (params) => {
        params['joinToken'] = 'x'.repeat(43);
      },
      closeCode.unauthenticated,
    ],
    [
      'a signature that is not its own',
      (params) => {
        params['publicKey'] = createIdentity().publicKey;
      },
      closeCode.unauthenticated,
    ],
    [
      'another bot',
      (params) => {
        params['botId'] = '00000000-0000-4000-8000-000000000000';
      },
      closeCode.unauthenticated,
    ],
    [
      'a missing field',
      (params) => {
        delete params['signature'];
      },
      closeCode.unauthenticated,
    ],
    [
      'a version of the future',
      (params) => {
        params['linkVersion'] = 99;
      },
      closeCode.versionUnsupported,
    ],
  ])('is not let in with %s', async (_, tamper, code) => {
    await expect(dialIn({ tamper })).rejects.toMatchObject({ code });
  });

  test('is not let in with an outdated join token, or once its bot was destroyed', async () => {
    await pretend.joinTokenExpired(installation.plane, botId);
    await expect(dialIn()).rejects.toMatchObject({ code: closeCode.unauthenticated });
    await destroyBot(installation.plane, installation.caller, { botId });
    await expect(dialIn()).rejects.toMatchObject({ code: closeCode.revoked });
  });

  test('replaces an older link of the same bot, which is closed', async () => {
    const identity = createIdentity();
    const older = await dialIn({ identity });
    const newer = await StandInSupervisor.dialIn(installation.url, { botId, identity });
    expect(await older.closed).toBe(closeCode.replaced);
    await installation.plane.links.request(botId, { method: 'health.read', params: {} });
    expect(newer.asked.at(-1)?.method).toBe('health.read');
    newer.crash();
  });
});

describe('a supervisor that obeys a newer copy of this Clawster', () => {
  const newer = async () => ({ ...(await copyOf(installation.plane)), epoch: 9 });

  test('declines, and is believed only when it proves that it is the bot', async () => {
    const identity = createIdentity();
    (await dialIn({ identity })).crash();
    const obeys = await newer();
    const declined = { code: closeCode.declined };
    const stranger = createIdentity();
    await expect(dialIn({ joinToken: '', identity: stranger, obeys })).rejects.toMatchObject(declined);
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
    expect(await whyOvertaken(installation.plane)).toBeUndefined();
    await expect(dialIn({ joinToken: '', identity, obeys })).rejects.toMatchObject(declined);
    await expect.poll(() => whyOvertaken(installation.plane), { timeout: 30_000 }).toContain('its epoch is 9');
    expect(await getStatus(installation.plane)).toMatchObject({ overtaken: expect.stringContaining('newer copy') });
  });

  test('obeys another installation with a token that was brought for it, and not without', async () => {
    const identity = createIdentity();
    const obeys = { id: randomUUID(), epoch: 3 };
    await expect(dialIn({ joinToken: '', identity, obeys })).rejects.toMatchObject({ code: closeCode.declined });
    (await dialIn({ identity, obeys })).crash();
  });
});

describe('a link', () => {
  const doctor = { method: 'doctor.run', params: {} } as const;

  test.each(['not JSON', '[]', '{"type":"event"}', '{"type":"event","event":"report","payload":{}}'])(
    'ends at a frame that is not as agreed: %s',
    async (text) => {
      const supervisor = await dialIn();
      supervisor.send(text);
      expect(await supervisor.closed).toBe(1008);
    },
  );

  test('ends at a frame beyond 4 MiB', async () => {
    const supervisor = await dialIn();
    supervisor.send(JSON.stringify({ type: 'event', event: 'report', payload: 'x'.repeat(5 * 1024 * 1024) }));
    expect(await supervisor.closed).toBe(1009);
  });

  test('stores each telemetry item once, and acknowledges after it is stored', async () => {
    const supervisor = await dialIn();
    const item = (sequence: number) => ({
      sequence,
      at: new Date().toISOString(),
      kind: 'model-call',
      data: { inputTokens: sequence },
    });
    const batch = { type: 'event', event: 'telemetry', payload: { epoch: 7, items: [item(1), item(2)], dropped: 3 } };
    supervisor.send(batch);
    supervisor.send(batch);
    await expect.poll(() => supervisor.acknowledged, { timeout: 60_000 }).toEqual([2, 2]);
    const stored = await telemetryOf(installation.plane, botId);
    expect(stored).toEqual({ items: [{ sequence: 1 }, { sequence: 2 }], gaps: [{ dropped: 3 }] });
    supervisor.crash();
  });

  test('that reports what no database keeps holds up nobody else', async () => {
    const other = await installation.createBot();
    const supervisors = [
      await dialIn(),
      await StandInSupervisor.dialIn(installation.url, {
        botId: other.id,
        joinToken: await joinTokenFor(installation.plane, {
          id: other.id,
          workspaceId: installation.caller.workspaceId,
        }),
      }),
    ];
    // Within one write of the keeper's.
    for (const supervisor of supervisors) supervisor.report({ ...readyReport(1), reason: 'Said \0 and \ud83d' });
    for (const id of [botId, other.id])
      await expect
        .poll(() => reasonReported(installation.plane, id), { timeout: 60_000 })
        .toBe('Said \ufffd and \ufffd');
    for (const supervisor of supervisors) supervisor.crash();
  });

  test('whose telemetry no database keeps holds up nobody else, and one that floods neither', async () => {
    const other = await installation.createBot();
    const bad = await dialIn();
    const good = await StandInSupervisor.dialIn(installation.url, {
      botId: other.id,
      joinToken: await joinTokenFor(installation.plane, {
        id: other.id,
        workspaceId: installation.caller.workspaceId,
      }),
    });
    const batch = (epoch: number, sequence: number, count = 1, at = new Date().toISOString()) => ({
      type: 'event' as const,
      event: 'telemetry',
      payload: {
        epoch,
        dropped: 0,
        items: Array.from({ length: count }, (_, index) => ({
          sequence: sequence + index,
          at,
          kind: 'note',
          data: {},
        })),
      },
    });
    // A year that PostgreSQL does not have, though the link's schema has it.
    for (let sequence = 1; sequence <= 20; sequence += 1) bad.send(batch(8, sequence, 1, '0000-01-01T00:00:00.000Z'));
    for (let flood = 1; flood <= 10; flood += 1) bad.send(batch(9, flood * 1_000, 1_000));
    for (let sequence = 1; sequence <= 20; sequence += 1) good.send(batch(9, sequence));
    await expect.poll(() => good.acknowledged.length, { timeout: 60_000 }).toBe(20);
    expect(bad.acknowledged.length).toBeLessThan(10);
    await expect.poll(() => bad.acknowledged.length, { timeout: 60_000 }).toBe(10);
    const { items } = await telemetryOf(installation.plane, other.id);
    expect(items.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    for (const supervisor of [bad, good]) supervisor.crash();
  });

  test('that breaks off ends what was under way, in a sentence', async () => {
    const supervisor = await dialIn({ behaviour: { 'doctor.run': () => new Promise(() => {}) } });
    const asked = installation.plane.links.request(botId, doctor);
    setTimeout(() => supervisor.crash(), 100);
    await expect(asked).rejects.toThrow('broke off');
    await expect.poll(() => installation.plane.links.holds(botId), { timeout: 60_000 }).toBe(false);
    await expect(installation.plane.links.request(botId, doctor)).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  test('tells the supervisor when a request is withdrawn or takes too long', async () => {
    const supervisor = await dialIn({ behaviour: { 'doctor.run': () => new Promise(() => {}) } });
    await expect(installation.plane.links.request(botId, doctor, { timeoutMs: 50 })).rejects.toThrow(
      'did not answer within',
    );
    await expect
      .poll(() => supervisor.asked.map(({ method }) => method), { timeout: 60_000 })
      .toEqual(['doctor.run', 'cancel']);
    supervisor.crash();
  });
});

describe('a turn', () => {
  const readyBot = () => pretend.phase(installation.plane, botId, 'ready');
  const listen = async (signal: AbortSignal) =>
    startTurn(installation.plane, installation.caller, { input: { botId, message: 'Hello' }, signal });

  test('streams as it happens, in order', async () => {
    await readyBot();
    const supervisor = await dialIn({
      behaviour: {
        'turn.start': async (_, part) => {
          for (const text of ['Hel', 'Hello']) part({ type: 'text', text });
          part({ type: 'done', text: 'Hello' });
          return { outcome: 'done' };
        },
      },
    });
    supervisor.report(readyReport(1));
    const told = [];
    for await (const event of await listen(new AbortController().signal))
      told.push(event.type === 'accepted' ? 'accepted' : `${event.type} ${'text' in event ? event.text : ''}`);
    expect(told).toEqual(['accepted', 'text Hel', 'text Hello', 'done Hello']);
    supervisor.crash();
  });

  test('goes on when the listener leaves', async () => {
    await readyBot();
    let finished = false;
    const supervisor = await dialIn({
      behaviour: {
        'turn.start': async (_, part) => {
          part({ type: 'text', text: 'Hel' });
          await new Promise((resolve) => {
            setTimeout(resolve, 200);
          });
          finished = true;
          return { outcome: 'done' };
        },
      },
    });
    const leaving = new AbortController();
    for await (const event of await listen(leaving.signal)) if (event.type === 'text') leaving.abort();
    await expect.poll(() => finished, { timeout: 60_000 }).toBe(true);
    expect(supervisor.asked.map(({ method }) => method)).toEqual(['turn.start']);
    supervisor.crash();
  });
});

test('logs come from the bot, or without a link from its target', async () => {
  const read = async () => {
    const lines = [];
    const { signal } = new AbortController();
    for await (const line of await readLogs(installation.plane, installation.caller, { input: { botId }, signal }))
      lines.push(line);
    return lines;
  };
  expect(await read()).toEqual([]);
  const supervisor = await dialIn({
    behaviour: {
      'logs.read': async (_, part) => {
        part({ source: 'gateway', text: 'ready' });
        return {};
      },
    },
  });
  expect(await read()).toEqual([{ source: 'gateway', text: 'ready' }]);
  supervisor.crash();
});

test('a stranger who says nothing is shown out', async () => {
  const socket = new WebSocket(installation.url.replace('http', 'ws') + '/link');
  const code = await new Promise((resolve) => {
    socket.once('close', resolve);
  });
  expect(code).toBe(closeCode.unauthenticated);
});
