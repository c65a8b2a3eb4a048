import type { Span } from '@clawster/contract/trace';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { traceRows } from './trace-rows.ts';

const startedAt = '2026-09-01T10:00:00.000Z';
const span = (id: string, secondsIn: number, parentId?: string, botId = 'one'): Span => ({
  id,
  botId,
  kind: 'tool-call',
  at: new Date(Date.parse(startedAt) + secondsIn * 1000).toISOString(),
  durationMs: 10,
  outcome: 'ok',
  channel: '',
  name: id,
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  unpriced: 0,
  estimated: false,
  ...(parentId ? { parentId } : {}),
});
const shown = (spans: Span[]) =>
  traceRows({ spans, startedAt }).map(({ span: { id }, depth }) => '>'.repeat(depth) + id);

describe('the rows of a trace', () => {
  test('each stands beneath what it is a part of, in the order of their beginning, across bots', () =>
    expect(
      shown([
        span('answer', 9, 'turn'),
        span('ask', 2, 'turn'),
        span('turn', 1),
        span('other bot', 3, 'ask', 'two'),
        span('its tool', 4, 'other bot', 'two'),
      ]),
    ).toEqual(['turn', '>ask', '>>other bot', '>>>its tool', '>answer']));

  test('an id that two bots use means the own one', () =>
    expect(shown([span('run', 0), span('run', 5, undefined, 'two'), span('tool', 6, 'run', 'two')])).toEqual([
      'run',
      'run',
      '>tool',
    ]));

  test('what belongs to something that is not there stands by itself', () =>
    expect(shown([span('lost', 1, 'gone')])).toEqual(['lost']));

  test('every piece is there exactly once, whatever they say they are parts of', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(60)), { maxLength: 40 }), (drawn) => {
        const spans = drawn.map(([id, parent, at]) => span(String(id), at, String(parent)));
        expect(new Set(traceRows({ spans, startedAt }).map((row) => row.span))).toEqual(new Set(spans));
        expect(traceRows({ spans, startedAt })).toHaveLength(spans.length);
      }),
    ));
});
