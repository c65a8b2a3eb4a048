import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectGateway, type GatewayClient } from '@clawster/gateway/client';
import { type StandIn, startStandIn } from '@clawster/gateway/stand-in';
import { captureUsual } from '@clawster/link/span';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openGatewayLink } from '../gateway/gateway-link.ts';
import { warmUpSessionKey } from '../gateway/readiness.ts';
import type { Host } from '../host.ts';
import { openLedger } from './ledger.ts';
import { openSpool, type Spool } from './spool.ts';

let standIn: StandIn;
let file: string;
let spool: Spool;
let client: GatewayClient;
let close = () => {};
let turns = 0;
beforeEach(async () => {
  standIn = await startStandIn();
  file = join(mkdtempSync(join(tmpdir(), 'ledger-')), 'spool.jsonl');
  client = await connectGateway(standIn);
  await listen();
});
afterEach(async () => {
  close();
  client.close();
  await standIn.close();
});

/** Begins to listen as a supervisor does that is started. */
async function listen() {
  spool = await openSpool(file);
  const host = { spool, log: () => {}, capture: { current: captureUsual } } as unknown as Host;
  const up = Promise.withResolvers<void>();
  const link = openGatewayLink({
    address: () => standIn,
    onUp: () => {
      ledger.connected();
      up.resolve();
    },
    onDown: () => {},
  });
  const ledger = openLedger(host, link);
  close = () => {
    ledger.close();
    link.close();
  };
  await up.promise;
}

const sessionKey = 'agent:main:clawster:one';
function ask(message: string, key = sessionKey) {
  const runId = `run-${(turns += 1)}`;
  return {
    runId,
    ended: client.run({ message, sessionKey: key, idempotencyKey: runId, deliver: false }).catch(() => {}),
  };
}
/** Of what lies on the disk, which nobody takes away. */
async function told(kind: string): Promise<Record<string, unknown>[]> {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const items = lines.map((line) => JSON.parse(line) as { kind?: string; data: Record<string, unknown> });
  return items.filter((item) => item.kind === kind).map(({ data }) => data);
}
const toldTurns = async () => (await told('turn')).map(({ id, outcome }) => `${String(id)} ${String(outcome)}`);

test('a tool call is told when its result is there, and the turn when it is over', async () => {
  const { runId, ended } = ask('#demo tool read {"path":"SOUL.md"}\n#demo slow 40');
  await expect.poll(() => told('tool-call'), { timeout: 1_500 }).toMatchObject([{ name: 'read', parentId: runId }]);
  expect(await toldTurns()).toEqual([]);
  await ended;
  await expect.poll(toldTurns).toEqual([`${runId} ok`]);
  expect(await told('turn')).toMatchObject([{ tools: ['read'], toolCalls: 1, channel: 'clawster' }]);
  expect((await told('message-in')).length).toBe(1);
});

test('a turn that failed and one that was given up before a word are told as what they are', async () => {
  const failed = ask('#demo fail 400');
  await failed.ended;
  const given = ask('#demo delay 3000', 'agent:main:clawster:two');
  await sleep(400);
  await client.call('chat.abort', { sessionKey: 'agent:main:clawster:two' });
  await expect.poll(toldTurns).toEqual([`${failed.runId} failed`, `${given.runId} aborted`]);
});

test('events that are left out lose nothing: the next that comes says that some are missing', async () => {
  const first = ask('First');
  await first.ended;
  await expect.poll(toldTurns).toEqual([`${first.runId} ok`]);
  standIn.fault({ events: 'left-out' });
  const { runId, ended } = ask('Hello');
  await ended;
  await sleep(400);
  expect(await toldTurns()).toEqual([`${first.runId} ok`]);
  standIn.fault({});
  await ask('#demo text more', 'agent:main:clawster:two').ended;
  await expect.poll(async () => (await toldTurns()).toSorted()).toContain(`${runId} ok`);
});

test('what happened while nobody listened is told once somebody does, and nothing twice', async () => {
  const first = ask('One');
  await first.ended;
  await expect.poll(toldTurns).toEqual([`${first.runId} ok`]);
  close();
  const second = ask('Two');
  const third = ask('Three', 'agent:main:clawster:two');
  await Promise.all([second.ended, third.ended]);
  await listen();
  const all = [first, second, third].map(({ runId }) => `${runId} ok`);
  await expect.poll(async () => (await toldTurns()).toSorted()).toEqual(all);
  standIn.drop();
  await sleep(1_500);
  expect((await toldTurns()).toSorted()).toEqual(all);
});

test("the proof of a model is nobody's conversation", async () => {
  await ask('Reply with OK.', warmUpSessionKey).ended;
  const { runId, ended } = ask('Hello');
  await ended;
  await expect.poll(toldTurns).toEqual([`${runId} ok`]);
});

test('a conversation that was deleted is forgotten', async () => {
  await ask('Hello').ended;
  await expect.poll(toldTurns).toHaveLength(1);
  expect(spool.markKeys()).toContain(`session:${sessionKey}`);
  await client.call('sessions.delete', { key: sessionKey });
  standIn.drop();
  await expect.poll(() => spool.markKeys(), { timeout: 5_000 }).not.toContain(`session:${sessionKey}`);
});
