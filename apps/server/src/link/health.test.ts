import { randomUUID } from 'node:crypto';
import { createBot } from '@clawster/control-plane/bot/create-bot';
import { stopBot } from '@clawster/control-plane/bot/stop-bot';
import { keep } from '@clawster/control-plane/change';
import { listEvents } from '@clawster/control-plane/event/list-events';
import { getBotHealth } from '@clawster/control-plane/health/get-bot-health';
import { getFleetHealth } from '@clawster/control-plane/health/get-fleet-health';
import { getIncident } from '@clawster/control-plane/health/get-incident';
import { listHealth } from '@clawster/control-plane/health/list-health';
import { listBotIncidents, listIncidents } from '@clawster/control-plane/health/list-incidents';
import { pretendLater, pretendWell, wellReport } from '@clawster/control-plane/health/testing';
import { watchHealth } from '@clawster/control-plane/health/watch-health';
import { readSpan } from '@clawster/control-plane/span/read-span';
import { storeSpans } from '@clawster/control-plane/span/store-spans';
import type { SignalKind } from '@clawster/contract/health';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newWorkspace, testInstallation, type TestInstallation } from './test-installation.ts';

let installation: TestInstallation;
/** Each test has a bot that is well, in a workspace of its own. */
let botId: string;
let caller: TestInstallation['caller'];
const { signal } = new AbortController();

beforeAll(async () => {
  installation = await testInstallation({ loops: false });
});
afterAll(() => installation.close());
beforeEach(async () => {
  caller = await newWorkspace(installation.plane);
  botId = await newBot('Ada');
});

async function newBot(name: string, report: Record<string, unknown> = {}): Promise<string> {
  const { id } = await createBot(installation.plane, caller, { name });
  await pretendWell(installation.plane, id, report);
  return id;
}

const watch = () => watchHealth(installation.plane, signal);
const rows = (text: string) => installation.database.rows(text);
const healthOf = (id = botId) => getBotHealth(installation.plane, caller, { botId: id });
const incidents = async () => (await listBotIncidents(installation.plane, caller, { botId })).items;
const told = async () =>
  (await listEvents(installation.plane, caller, { noun: 'incident', limit: 50 })).items
    .map(({ type }) => type)
    .reverse();
const blocked = {
  channels: [
    { ...wellReport().channels[0], connected: false, state: 'blocked', detail: 'Telegram was not let in: 401' },
  ],
};
const cutOff = () => rows(`update link set replica = null, disconnected_at = now() where bot_id = '${botId}'`);
/** Looks again and again while time goes by. */
async function during(seconds: number, everySeconds = 15): Promise<void> {
  for (let passed = 0; passed < seconds; passed += everySeconds) {
    await pretendLater(installation.plane, everySeconds);
    await watch();
  }
}

function stored(kind: string, data: Record<string, unknown>, secondsAgo = 0) {
  const startedAt = new Date(Date.now() - secondsAgo * 1000).toISOString();
  const item = { sequence: (sequence += 1), at: startedAt, kind, data: { id: randomUUID(), startedAt, ...data } };
  const span = readSpan(item, { botId, workspaceId: caller.workspaceId, epoch: 1 });
  return keep(installation.plane, (tx) => storeSpans(tx, [span]));
}
let sequence = 0;
const many = async (count: number, store: () => Promise<unknown>) => {
  for (let one = 0; one < count; one += 1) await store();
};

describe('each signal is told by the rows it comes from', () => {
  test.each<[SignalKind, string, () => Promise<unknown>, RegExp]>([
    [
      'process',
      'what the target said',
      () =>
        rows(`update bot set status = jsonb_set(status, '{evidence,0}', status->'evidence'->0
          || '{"ok": false, "text": "No process of this bot"}') where id = '${botId}'`),
      /No process/,
    ],
    ['link', 'who holds it', cutOff, /down/],
    ['link', 'a replica that died', () => rows(`update link set replica = 'dead' where bot_id = '${botId}'`), /down/],
    [
      'heartbeat',
      'when it was heard of last',
      () => rows(`update link set last_seen_at = now() - interval '1 minute' where bot_id = '${botId}'`),
      /nothing comes over it/,
    ],
    [
      'gateway',
      'the gateway’s own answer',
      () => pretendWell(installation.plane, botId, { state: 'failed', reason: 'Crashed 4 times' }),
      /Crashed/,
    ],
    [
      'model',
      'calls that failed since the last answer',
      async () => {
        await stored('model-call', { outcome: 'answered' }, 60);
        await many(3, () => stored('model-call', { outcome: 'failed', failure: 'The key is wrong' }));
      },
      /3 calls failed in a row: The key is wrong/,
    ],
    ['channel', 'its socket', () => pretendWell(installation.plane, botId, blocked), /not let in: 401/],
    [
      'turns',
      'those of the last hour against the fortnight before',
      async () => {
        await rows(`insert into usage_day select '${botId}', workspace_id, current_date - 3, 'turn', '', '', '', 100, 2,
          0, 0, 0, 0, 0, 0, 0, 0 from bot where id = '${botId}'`);
        await many(4, () => stored('turn', { outcome: 'failed' }, 60));
      },
      /4 of 4 turns failed in the last hour \(100 %; usually 2 %\)/,
    ],
    [
      'unanswered',
      'messages that no turn answered',
      async () => {
        await stored('message-in', { session: 'one', traceId: 'a' }, 900);
        await stored('message-in', { session: 'two', traceId: 'b' }, 900);
        await stored('turn', { session: 'two', traceId: 'b' }, 880);
      },
      /1 message of the last hour has no answer/,
    ],
    [
      'telemetry',
      'what its host let go',
      () =>
        rows(
          `insert into telemetry_gap (bot_id, workspace_id, dropped) select id, workspace_id, 12 from bot where id = '${botId}'`,
        ),
      /12 items lost/,
    ],
    ['disk', 'what it takes', () => pretendWell(installation.plane, botId, { diskBytes: 1e15 }), /%/],
    [
      'configuration',
      'what was refused',
      () => pretendWell(installation.plane, botId, { refused: { generation: 2, reason: 'OpenClaw did not take it' } }),
      /did not take/,
    ],
  ])('%s: %s', async (kind, _, happen, text) => {
    expect(await healthOf()).toMatchObject({ verdict: 'good' });
    await happen();
    const { signals, verdict, failing } = await healthOf();
    expect(signals.find((one) => one.kind === kind)).toMatchObject({ state: 'bad', text: expect.stringMatching(text) });
    expect(verdict).toBe('bad');
    await watch();
    const [listed] = (await listHealth(installation.plane, caller, { verdict: 'bad' })).items;
    expect(listed?.failing.map((one) => one.text)).toEqual(failing.map((one) => one.text));
  });

  test('restarts: the supervisor’s count, as it rose within the hour', async () => {
    await watch();
    await pretendWell(installation.plane, botId, { restartCount: 5 });
    await watch();
    expect((await healthOf()).cause).toEqual({ signal: 'restarts', text: 'The gateway restarts again and again' });
  });
});

test('a bot nobody looked at, or not lately, is unknown in the list, and never well', async () => {
  const verdict = async () => (await listHealth(installation.plane, caller, {})).items.map((one) => one.verdict);
  expect(await verdict()).toEqual(['unknown']);
  await watch();
  expect(await verdict()).toEqual(['good']);
  await pretendLater(installation.plane, 200);
  expect(await verdict()).toEqual(['unknown']);
  expect((await getFleetHealth(installation.plane, caller, {})).verdicts).toMatchObject({ unknown: 1, good: 0 });
});

test('the fleet is told by cause, and bots the worst first, page by page', async () => {
  for (const name of ['Bob', 'Cleo']) await newBot(name, blocked);
  await newBot('Dora', { state: 'failed', reason: 'Crashed' });
  await watch();
  const fleet = await getFleetHealth(installation.plane, caller, {});
  expect(fleet).toMatchObject({ total: 4, verdicts: { bad: 3, good: 1 }, openIncidents: 0 });
  expect(fleet.causes.map(({ text, bots, some }) => [text, bots, some.map(({ name }) => name)])).toEqual([
    ['Telegram was not let in', 2, ['Bob', 'Cleo']],
    ['The gateway does not run', 1, ['Dora']],
  ]);
  const names = [];
  let cursor: string | undefined;
  do {
    const page = await listHealth(installation.plane, caller, { limit: 2, cursor });
    expect(page.total).toBe(4);
    names.push(...page.items.map(({ botName }) => botName));
    cursor = page.nextCursor;
  } while (cursor);
  expect(names).toEqual(['Dora', 'Bob', 'Cleo', 'Ada']);
  const ofCause = await listHealth(installation.plane, caller, { cause: 'Telegram was not let in', search: 'bo' });
  expect(ofCause.items.map(({ botName }) => botName)).toEqual(['Bob']);
});

describe('an incident', () => {
  test('opens after the grace, closes after the calm, and is told once each', async () => {
    await watch();
    await cutOff();
    await watch();
    await during(45);
    expect(await incidents()).toEqual([]);
    await during(30);
    expect(await incidents()).toMatchObject([{ cause: { signal: 'link' }, botName: 'Ada' }]);
    expect(await healthOf()).toMatchObject({ incidentId: (await incidents())[0]?.id });
    await pretendWell(installation.plane, botId);
    await during(90);
    expect((await incidents())[0]).not.toHaveProperty('endedAt');
    await during(60);
    expect(await incidents()).toMatchObject([{ ending: 'recovered', endedAt: expect.any(String) }]);
    expect(await told()).toEqual(['incident-opened', 'incident-closed']);
  });

  test('a link that flaps for minutes makes one', async () => {
    for (let round = 0; round < 12; round += 1) {
      await (round % 2 === 0 ? cutOff() : pretendWell(installation.plane, botId));
      await during(30);
    }
    expect(await told()).toEqual(['incident-opened']);
  });

  test('is not opened for a bot that is stopped on purpose, and closed when somebody stops it', async () => {
    await cutOff();
    await during(90);
    expect(await told()).toEqual(['incident-opened']);
    await stopBot(installation.plane, caller, { botId });
    await during(300, 60);
    expect(await incidents()).toMatchObject([{ ending: 'muted' }]);
    expect((await healthOf()).verdict).toBe('muted');
    expect(await told()).toEqual(['incident-opened', 'incident-closed']);
  });

  test('is opened once, whoever looks at the same moment and however often the loop begins anew', async () => {
    await cutOff();
    await watch();
    await pretendLater(installation.plane, 90);
    await Promise.all([watch(), watch(), watch()]);
    await watch();
    expect(await told()).toEqual(['incident-opened']);
    await pretendWell(installation.plane, botId);
    await watch();
    await pretendLater(installation.plane, 150);
    await Promise.all([watch(), watch(), watch()]);
    await watch();
    expect(await told()).toEqual(['incident-opened', 'incident-closed']);
  });

  test('one whose loop died after it had written how the bot is, and before it told, is told by the next', async () => {
    await cutOff();
    await watch();
    await pretendLater(installation.plane, 90);
    await rows(`update bot_health set checked_at = now() where bot_id = '${botId}'`);
    await watch();
    expect(await told()).toEqual(['incident-opened']);
  });

  test('reads as a story: what led to it, what was seen, how it ended', async () => {
    await rows(`insert into event (workspace_id, type, actor, subject_id, detail) values
      ('${caller.workspaceId}', 'bot-restarted', '{"kind": "system", "job": "test"}', '${botId}', '{}')`);
    await cutOff();
    await during(90);
    const [open] = await incidents();
    await pretendWell(installation.plane, botId);
    await during(180);
    const { story, evidence } = await getIncident(installation.plane, caller, { incidentId: open?.id });
    expect(story.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['The link to Clawster is down', 'It was restarted', 'Well again, and it lasted']),
    );
    expect(evidence.find(({ kind }) => kind === 'link')).toMatchObject({ state: 'bad' });
  });
});

test('two replicas share the bots, and together look at all of them', async () => {
  for (const name of ['Bob', 'Cleo', 'Dora', 'Emil', 'Fred']) await newBot(name);
  const other = installation.replica('other');
  await pretendWell(other, botId);
  await watchHealth(installation.plane, signal);
  const seen = async () => (await getFleetHealth(installation.plane, caller, {})).verdicts.good;
  const first = await seen();
  expect(first).toBeLessThan(6);
  await watchHealth(other, signal);
  expect(await seen()).toBe(6);
  await rows(`delete from replica where id = 'other'`);
});

test('nobody sees the health or the incidents of another workspace', async () => {
  await cutOff();
  await watch();
  await during(90);
  const [incident] = await incidents();
  const stranger = await newWorkspace(installation.plane);
  expect((await listHealth(installation.plane, stranger, {})).total).toBe(0);
  expect((await listIncidents(installation.plane, stranger, {})).total).toBe(0);
  expect((await getFleetHealth(installation.plane, stranger, {})).total).toBe(0);
  for (const ask of [
    () => getBotHealth(installation.plane, stranger, { botId }),
    () => listBotIncidents(installation.plane, stranger, { botId }),
    () => getIncident(installation.plane, stranger, { incidentId: incident?.id }),
  ])
    await expect(ask()).rejects.toMatchObject({ code: 'not-found' });
});
