import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Bot } from '@clawster/contract/bot';
import { type FaultyProxy, faultyProxy } from '@clawster/database/testing-proxy';
import pg from 'pg';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseConfig } from './config.ts';
import { type RunningServer, startServer } from './start-server.ts';
import { sharedInstallation, type SharedInstallation } from './testing/shared-database.ts';
import { standInsFor } from './testing/stand-ins.ts';

// Whole servers are brought up here, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let shared: SharedInstallation;
let proxy: FaultyProxy;
let server: RunningServer;
let metricsPort: number;
let bot: Bot;
beforeEach(async () => {
  shared = await sharedInstallation();
  proxy = await faultyProxy(shared.database.url);
  metricsPort = await freePort();
  server = await start('one', { CLAWSTER_METRICS_PORT: String(metricsPort), CLAWSTER_DRAIN_SECONDS: '1' });
  await shared.signUp(server.url, server.setupToken ?? '');
  bot = await client().bots.create({ name: 'Ada' });
  await shared.until(server.url, bot.id, 'ready');
});
afterEach(async () => {
  await server.stop();
  proxy.close();
  await shared.close();
});

const client = () => shared.client(server.url);
const supervisor = () => shared.host.supervisor(bot.id);

async function start(name: string, some: Record<string, string> = {}): Promise<RunningServer> {
  const environment = await shared.environment(name, { CLAWSTER_DATABASE_URL: proxy.url, ...some });
  return startServer(parseConfig(environment), pino({ level: 'silent' }), standInsFor(shared.host));
}

async function freePort(): Promise<number> {
  const listening = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  const { port } = listening.address() as AddressInfo;
  await new Promise((resolve) => listening.close(resolve));
  return port;
}

async function ask(path: string) {
  const since = performance.now();
  const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${shared.apiKey()}` } });
  const body = (await response.json()) as { ok?: boolean; reasons?: string[]; code?: string; detail?: string };
  return { status: response.status, headers: response.headers, body, seconds: (performance.now() - since) / 1000 };
}

async function asAdmin(...statements: string[]): Promise<unknown[]> {
  const admin = new pg.Client({ connectionString: shared.database.adminUrl });
  await admin.connect();
  try {
    await admin.query('set default_transaction_read_only = off');
    let rows: unknown[] = [];
    for (const statement of statements) ({ rows } = await admin.query<Record<string, unknown>>(statement));
    return rows;
  } finally {
    await admin.end();
  }
}

test('a database that is black-holed: answers stay quick, links stay open, and no telemetry is lost', async () => {
  const held = supervisor();
  proxy.blackHole();
  const first = await ask('/api/v1/bots');
  expect(first.seconds).toBeLessThan(12);
  const next = await ask('/api/v1/bots');
  expect(next).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  expect(next.headers.get('content-type')).toBe('application/problem+json');
  expect(next.headers.get('retry-after')).toBe('2');
  expect(next.seconds).toBeLessThan(0.5);
  expect(await ask('/live')).toMatchObject({ status: 200 });
  const ready = await ask('/ready');
  expect(ready).toMatchObject({ status: 503, body: { reasons: ['The database cannot be reached'] } });
  expect(ready.headers.get('retry-after')).toBe('1');

  const item = { sequence: 1, at: new Date().toISOString(), kind: 'model-call', data: {} };
  const batch = { type: 'event', event: 'telemetry', payload: { epoch: 7, items: [item], dropped: 0 } };
  held.send(batch);
  proxy.heal();
  await expect.poll(async () => (await ask('/ready')).status, { timeout: 30_000 }).toBe(200);
  expect(held.acknowledged).toEqual([]);
  // As a spool does with what nobody has acknowledged.
  const spool = setInterval(() => held.send(batch), 1_000);
  await expect.poll(() => held.acknowledged[0], { timeout: 60_000 }).toBe(1);
  clearInterval(spool);
  expect(await asAdmin('select sequence from span')).toEqual([{ sequence: '1' }]);
  expect(held.isOpen).toBe(true);
  expect(await shared.until(server.url, bot.id, 'ready')).toMatchObject({ id: bot.id });
});

test('a database that takes no changes: reading goes on, the banner says why, and it ends by itself', async () => {
  const name = new URL(shared.database.url).pathname.slice(1);
  const cut = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`;
  await asAdmin(`alter database ${name} set default_transaction_read_only = on`, cut);
  await expect
    .poll(() => client().system.status({}), { timeout: 15_000 })
    .toMatchObject({
      mode: 'read-only',
      reason: expect.stringContaining('takes no changes'),
    });
  expect((await client().bots.get({ botId: bot.id })).name).toBe('Ada');
  await expect(client().bots.create({ name: 'Bob' })).rejects.toMatchObject({
    problem: { status: 503, code: 'unavailable', detail: expect.stringContaining('Reading goes on') },
  });
  await asAdmin(`alter database ${name} reset default_transaction_read_only`, cut);
  await expect.poll(() => client().system.status({}), { timeout: 40_000 }).toMatchObject({ mode: 'normal' });
  expect((await client().bots.create({ name: 'Bob' })).name).toBe('Bob');
});

describe('a replica that stops', () => {
  test('is not ready first, answers what comes, finishes what runs, and gives back what it holds', async () => {
    const other = await start('two', { CLAWSTER_ROLES: 'http,link' });
    shared.host.dialTo = other.url;
    shared.host.behaviour['doctor.run'] = async () => {
      await new Promise((resolve) => {
        setTimeout(resolve, 2_500);
      });
      return { ok: true, ranAt: new Date().toISOString(), durationMs: 2_500, findings: [] };
    };
    const { closed, epoch } = supervisor();
    const running = client().bots.doctor({ botId: bot.id });
    const keptAlive = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await over(keptAlive, '/ready')).toMatchObject({ status: 200, connection: 'keep-alive' });

    const stopped = server.stop();
    expect(await over(keptAlive, '/ready')).toMatchObject({ status: 503, connection: 'close' });
    expect(await ask('/live')).toMatchObject({ status: 200 });
    expect(await running).toMatchObject({ ok: true });
    await stopped;
    expect(await closed).toBe(1001);
    expect(await asAdmin('select id from bot where leased_by is not null')).toEqual([]);
    expect(await asAdmin('select id from replica')).toHaveLength(1);
    await expect.poll(() => shared.host.volumes.get(bot.id)?.supervisor?.epoch, { timeout: 10_000 }).toBe(epoch + 1);
    keptAlive.destroy();
    server = other;
  });

  function over(agent: Agent, path: string): Promise<{ status?: number | undefined; connection?: string | undefined }> {
    return new Promise((resolve, reject) => {
      const asking = request(`${server.url}${path}`, { agent }, (answer) => {
        answer.resume();
        answer.once('end', () => resolve({ status: answer.statusCode, connection: answer.headers.connection }));
      });
      asking.once('error', reject);
      asking.end();
    });
  }
});

test('what is measured is told on a port of its own, and names no bot', async () => {
  await client().bots.get({ botId: bot.id });
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const value = (name: string) => Number(new RegExp(`^${name.replace(/[{}"]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1]);
  expect(value('clawster_links_open')).toBe(1);
  expect(value('clawster_link_handshakes_total{outcome="accepted"}')).toBe(1);
  expect(value('clawster_loop_passes_total{loop="reconcile-bots"}')).toBeGreaterThan(1);
  expect(value('clawster_events_handed_out_total')).toBeGreaterThan(3);
  expect(value('clawster_reconcile_lag_seconds')).toBeGreaterThanOrEqual(0);
  expect(value('clawster_pool_waits_total')).toBeGreaterThan(10);
  expect(text).toContain('route="/api/v1/bots/:botId"');
  expect(text).not.toContain(bot.id);
  expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
});
