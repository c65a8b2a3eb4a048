import { describe, expect, test } from 'vitest';
import { staleClaims } from './claims.ts';
import { doubledCommands, lostCommands } from './commands.ts';
import { type BotRow, type EventRow, eventOf, type Line, type Tables, type Verb } from './history.ts';
import { doubledRuns, runsOf, unsettled } from './runs.ts';
import { leakedSecrets } from './secrets.ts';
import { missedEvents, telemetryGaps } from './stored.ts';

// Each check is fed a history that breaks its promise, and must say so; and one that keeps it.

let at = 0;
const asked = (verb: Verb, type: Line['type'], value?: string): Line[] => {
  const id = (at += 1);
  const line = { id, at, verb, bot: 'ada', ...(value === undefined ? {} : { value }) };
  return [{ ...line, type: 'invoke' }, ...(type === 'invoke' ? [] : [{ ...line, type }])];
};
const bot = (some: Partial<BotRow> = {}): BotRow => ({
  id: 'b1',
  name: 'ada',
  generation: 1,
  restartCount: 0,
  desired: 'running',
  personality: '',
  phase: 'ready',
  ...some,
});
const events = (...recorded: Verb[]): EventRow[] =>
  recorded.map((verb, index) => ({ id: String(index), type: eventOf[verb], subjectId: 'b1', detail: {} }));
const tables = (row: Partial<BotRow>, ...recorded: Verb[]): Tables => ({
  bots: [bot(row)],
  events: events(...recorded),
});
const create = asked('create', 'ok');

describe('R1: an acknowledged command', () => {
  test.each<[string, Line[], Tables]>([
    ['a bot that is not there', create, { bots: [], events: [] }],
    ['a bot without its event', create, tables({})],
    ['a stop without its event', [...create, ...asked('stop', 'ok')], tables({ desired: 'stopped' }, 'create')],
    ['a stop that was undone', [...create, ...asked('stop', 'ok')], tables({ desired: 'running' }, 'create', 'stop')],
    [
      'a write that an earlier one overwrote',
      [...create, ...asked('update', 'ok', 'one'), ...asked('update', 'ok', 'two')],
      tables({ personality: 'one' }, 'create', 'update', 'update'),
    ],
    [
      'the second of two, recorded once',
      [...create, ...asked('restart', 'ok'), ...asked('restart', 'ok')],
      tables({}, 'create', 'restart'),
    ],
  ])('is missed: %s', (_, lines, rows) => {
    expect(lostCommands(lines, rows)).not.toEqual([]);
  });

  test.each<[string, Line[], Tables]>([
    ['one that is there', create, tables({}, 'create')],
    ['nothing that was not acknowledged', asked('create', 'info'), { bots: [], events: [] }],
    [
      'a write that one of unknown outcome overwrote',
      [...create, ...asked('update', 'info', 'one'), ...asked('update', 'ok', 'two')],
      tables({ personality: 'one' }, 'create', 'update', 'update'),
    ],
    ['one without an outcome', [...create, ...asked('stop', 'invoke')], tables({ desired: 'stopped' }, 'create')],
  ])('is not missed: %s', (_, lines, rows) => {
    expect(lostCommands(lines, rows)).toEqual([]);
  });
});

describe('R2: a command that takes effect twice', () => {
  test.each<[string, Line[], Tables]>([
    ['a bot that is there twice', create, { bots: [bot(), bot({ id: 'b2' })], events: events('create') }],
    [
      'a restart recorded twice',
      [...create, ...asked('restart', 'ok')],
      tables({ generation: 3, restartCount: 2 }, 'create', 'restart', 'restart'),
    ],
    ['a refused command that did its work', [...create, ...asked('stop', 'fail')], tables({}, 'create', 'stop')],
    ['a change that nobody recorded', create, tables({ generation: 2 }, 'create')],
    [
      'a restart counted twice',
      [...create, ...asked('restart', 'ok')],
      tables({ generation: 2, restartCount: 2 }, 'create', 'restart'),
    ],
  ])('is found: %s', (_, lines, rows) => {
    expect(doubledCommands(lines, rows)).not.toEqual([]);
  });

  test('is not seen where one of unknown outcome took effect, or asked for what was there', () => {
    const lines = [...create, ...asked('restart', 'info'), ...asked('restart', 'ok'), ...asked('update', 'ok', 'x')];
    const rows = tables({ generation: 3, restartCount: 2 }, 'create', 'restart', 'restart', 'update');
    expect(doubledCommands(lines, { ...rows, events: rows.events.map(unchanged) })).toEqual([]);
  });
  const unchanged = (event: EventRow) =>
    event.type === 'bot-updated' ? { ...event, detail: { changed: [] as string[] } } : event;
});

describe('R3: what is not as it should be', () => {
  const one = (desired: string, phase: string) => [{ id: 'b1', name: 'ada', desired, phase }];
  test.each([
    [one('running', 'starting'), 1],
    [one('running', 'ready'), 0],
    [one('running', 'ready'), 2],
    [one('paused', 'ready'), 1],
    [one('stopped', 'stopped'), 1],
    [one('destroyed', 'destroyed'), 1],
  ])('is found: %j with %i gateways', (bots, count) => {
    expect(unsettled(bots, new Map([['b1', count]]))).not.toEqual([]);
  });
  test.each([
    [one('running', 'ready'), 1],
    [one('paused', 'paused'), 1],
    [one('paused', 'paused'), 0],
    [one('stopped', 'stopped'), 0],
    [one('destroyed', 'destroyed'), 0],
  ])('is not seen: %j with %i gateways', (bots, count) => {
    expect(unsettled(bots, new Map([['b1', count]]))).toEqual([]);
  });
});

describe('R5: two lives of one bot', () => {
  const life = (pid: number, from: number, to: number, end = true) => [
    { bot: 'ada', pid, at: from, what: 'start' as const },
    { bot: 'ada', pid, at: to, what: end ? ('end' as const) : ('alive' as const) },
  ];
  test.each([
    ['that overlap', [...life(1, 0, 100), ...life(2, 99, 200)]],
    ['one within the other', [...life(1, 0, 100), ...life(2, 20, 30), ...life(3, 50, 60)]],
    ['one that was killed later than the next began', [...life(1, 0, 100, false), ...life(2, 50, 60)]],
  ])('are found: %s', (_, lines) => {
    expect(doubledRuns(runsOf(lines))).not.toEqual([]);
  });
  test('one after the other are well, and so is a number that is used again', () => {
    expect(doubledRuns(runsOf([...life(1, 0, 100, false), ...life(2, 150, 200), ...life(1, 250, 300)]))).toEqual([]);
  });
});

describe('R7: what is stored', () => {
  const item = (sequence: number, epoch = 1) => ({ botId: 'b1', epoch, sequence });
  test('twice, or left out without a word, is found', () => {
    expect(telemetryGaps([item(1), item(2), item(2)], new Map())).not.toEqual([]);
    expect(telemetryGaps([item(1), item(3)], new Map())).not.toEqual([]);
  });
  test('once each, or left out as told, is well', () => {
    expect(telemetryGaps([item(1), item(2), item(1, 2)], new Map())).toEqual([]);
    expect(telemetryGaps([item(1), item(4)], new Map([['b1', 2]]))).toEqual([]);
    expect(telemetryGaps([item(1), item(2), item(9_000), item(9_001)], new Map())).toEqual([]);
  });
  test.each([
    ['twice', ['1', '2', '2', '3']],
    ['not at all', ['1', '3']],
    ['too late', ['1', '3', '2']],
    ['no end', ['1', '2']],
  ])('and heard %s is found', (_, heard) => {
    expect(missedEvents(['1', '2', '3'], heard)).not.toEqual([]);
  });
  test('and heard from somewhere on is well', () => {
    expect(missedEvents(['1', '2', '3'], ['2', '3'])).toEqual([]);
  });
});

describe('R9: a claim about a bot that is silent', () => {
  const silence = { bot: 'ada', from: 0, to: 100_000 };
  const seen = (second: number, phase: string) => ({ bot: 'ada', at: second * 1000, phase });
  test('is found', () => {
    expect(staleClaims([seen(60, 'ready')], [silence], 50_000)).not.toEqual([]);
    expect(staleClaims([seen(60, 'degraded')], [silence], 50_000)).not.toEqual([]);
  });
  test('within its deadline, after it, or none at all, is well', () => {
    expect(staleClaims([seen(40, 'ready'), seen(60, 'unknown'), seen(101, 'ready')], [silence], 50_000)).toEqual([]);
  });
});

describe('R10: a secret', () => {
  const secret = 'canary/of+the=mine';
  test.each([
    ['as it is', `key: ${secret}`],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64 within more', Buffer.from(`{"k":"${secret}"}`).toString('base64')],
    ['in hex', Buffer.from(`x${secret}`).toString('hex')],
    ['in a URL', `?key=${encodeURIComponent(secret)}`],
  ])('is found %s', (_, text) => {
    expect(leakedSecrets(new Map([['a log', text]]), [secret])).toEqual(['secret 1 lies in a log']);
  });
  test('that is nowhere is not', () => {
    expect(leakedSecrets(new Map([['a log', 'canary of the other mine']]), [secret])).toEqual([]);
  });
});
