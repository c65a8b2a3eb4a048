import type { Bot } from '@clawster/contract/bot';
import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parseConfig } from '../config.ts';
import { readyReport } from '../seed/stand-in-report.ts';
import { type RunningServer, startServer } from '../start-server.ts';
import { owner, sharedInstallation, type SharedInstallation } from '../testing/shared-database.ts';
import { standInsFor } from '../testing/stand-ins.ts';

// Whole servers are brought up here, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let shared: SharedInstallation;
/** `front` answers people and reconciles; `back` does nothing but hold the links. */
let [front, back]: RunningServer[] = [];
let bot: Bot;
const log = pino({ level: 'silent' });

beforeAll(async () => {
  shared = await sharedInstallation();
  const start = async (name: string, roles: string) =>
    startServer(parseConfig(await shared.environment(name, { CLAWSTER_ROLES: roles })), log, standInsFor(shared.host));
  front = await start('front', 'http,loops');
  back = await start('back', 'http,link');
  shared.host.dialTo = back.url;
  await shared.signUp(front.url, back.setupToken ?? '');
  bot = await readyBot();
});
afterAll(async () => {
  shared.host.dialTo = undefined;
  await Promise.all([front?.stop(), back?.stop()]);
  await shared.close();
});

const url = () => (front as RunningServer).url;
const client = () => shared.client(url());
const supervisor = (some: Bot = bot) => shared.host.supervisor(some.id);

async function readyBot(): Promise<Bot> {
  const made = await client().bots.create({ name: `bot-${Math.random().toString(36).slice(2, 8)}` });
  return shared.until(url(), made.id, 'ready');
}

test('a bot is configured by one replica over the link that another holds', () => {
  expect(supervisor().configured.length).toBeGreaterThan(0);
  expect(supervisor().broken).toEqual([]);
  expect(shared.host.count('apply', bot.id)).toBe(1);
});

describe('a conversation through the replica that does not hold the link', () => {
  test('streams as it happens, in order', async () => {
    const gate = Promise.withResolvers<void>();
    shared.host.behaviour['turn.start'] = async (_: never, part: (payload: unknown) => void) => {
      part({ type: 'text', text: 'Hel' });
      await gate.promise;
      part({ type: 'text', text: 'Hello' });
      part({ type: 'done', text: 'Hello' });
      return { outcome: 'done' };
    };
    const told: string[] = [];
    for await (const event of client().turns.start({ botId: bot.id, message: 'Hello' })) {
      told.push(event.type === 'accepted' ? 'accepted' : `${event.type} ${'text' in event ? event.text : ''}`);
      // Nothing more is sent before this part has come through.
      if (told.length === 2) gate.resolve();
    }
    expect(told).toEqual(['accepted', 'text Hel', 'text Hello', 'done Hello']);
  });

  test('is aborted there', async () => {
    const end = Promise.withResolvers<void>();
    shared.host.behaviour['turn.start'] = async (_: never, part: (payload: unknown) => void) => {
      part({ type: 'text', text: 'Once upon' });
      await end.promise;
      return { outcome: 'aborted' };
    };
    shared.host.behaviour['turn.abort'] = async () => {
      end.resolve();
      return { aborted: true };
    };
    let turnId = '';
    for await (const event of client().turns.start({ botId: bot.id, message: 'A story' })) {
      if (event.type === 'accepted') turnId = event.turnId;
      if (event.type === 'text') await client().turns.abort({ botId: bot.id, conversation: 'main', turnId });
    }
    expect(supervisor().asked.at(-1)?.method).toBe('turn.abort');
  });

  test('is refused in the words of the bot', async () => {
    shared.host.behaviour['turn.history'] = async () => {
      throw Object.assign(new Error('The gateway starts: try again'), { code: 'gateway-down' });
    };
    await expect(client().turns.history({ botId: bot.id })).rejects.toMatchObject({
      problem: { code: 'unavailable', detail: 'The gateway starts: try again' },
    });
  });
});

test('logs are followed across replicas, and the bot is told when the reader leaves', async () => {
  const leaving = new AbortController();
  shared.host.behaviour['logs.read'] = async (_: never, part: (payload: unknown) => void) => {
    for (const text of ['one', 'two']) part({ source: 'gateway', text });
    return new Promise(() => {});
  };
  const read: string[] = [];
  const reading = (async () => {
    const lines = client().bots.logs({ botId: bot.id, lines: 10, follow: true }, { signal: leaving.signal });
    for await (const line of lines) if (read.push(line.text) === 2) leaving.abort();
  })();
  await reading.catch(() => undefined);
  expect(read).toEqual(['one', 'two']);
  await expect.poll(() => supervisor().asked.at(-1)?.method).toBe('cancel');
});

test('a bot that is destroyed at one replica loses its link at the other within a second', async () => {
  const doomed = await readyBot();
  const { closed } = supervisor(doomed);
  const asked = performance.now();
  await client().bots.destroy({ botId: doomed.id });
  expect(await closed).toBe(4403);
  expect(performance.now() - asked).toBeLessThan(1_000);
});

describe('the emergency stop', () => {
  test('reaches bots that another replica holds', async () => {
    const [one, other] = await Promise.all([readyBot(), readyBot()]);
    expect(await client().fleet.halt({ bots: [one.id, other.id] })).toEqual({
      id: expect.any(String),
      bots: 2,
      confirmed: 2,
    });
  });

  test('reaches them while the database hangs', async () => {
    const some = await readyBot();
    const held = supervisor(some);
    const blocker = new pg.Client({ connectionString: shared.database.url });
    await blocker.connect();
    await blocker.query('begin; lock table bot in access exclusive mode');
    const halting = client().fleet.halt({ bots: [some.id], mode: 'pause' });
    await expect.poll(() => held.halted, { timeout: 5_000 }).toBe('pause');
    await blocker.end();
    expect(await halting).toEqual({ id: expect.any(String), bots: 1, confirmed: 1 });
  });
});

test('guessing is slowed across replicas', async () => {
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const at = attempt % 2 === 0 ? front : back;
    const response = await fetch(`${at?.url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: owner.email, password: 'wrong' }),
    });
    statuses.push(response.status);
  }
  expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
  expect(statuses.slice(10)).toEqual([429, 429]);
});

test('a link that another replica has taken over is given up', async () => {
  const moving = await readyBot();
  const older = supervisor(moving);
  const admin = new pg.Client({ connectionString: shared.database.adminUrl });
  await admin.connect();
  await admin.query("update link set epoch = epoch + 1, replica = 'another' where bot_id = $1", [moving.id]);
  await admin.end();
  expect(await older.closed).toBe(4409);
});

test('a replica that stops is not waited for: its bots come to another, which is told at once', async () => {
  const third = await startServer(
    parseConfig(await shared.environment('third', { CLAWSTER_ROLES: 'http,link' })),
    log,
    standInsFor(shared.host),
  );
  shared.host.dialTo = third.url;
  const some = await readyBot();
  supervisor(some).report(readyReport(1));
  shared.host.dialTo = back?.url;
  const epoch = supervisor(some).epoch;
  shared.host.behaviour['turn.history'] = async () => ({ items: [] });
  await third.stop();
  // Nobody is told that the bot has no link while it dials in anew: that is waited for.
  expect(await client().turns.history({ botId: some.id })).toEqual({ items: [] });
  expect(supervisor(some).epoch).toBe(epoch + 1);
  expect(shared.host.count('apply', some.id)).toBe(1);
});
