import type { Span } from '@clawster/contract/trace';
import { expect, test } from 'vitest';
import { botMarks } from './bot-marks.ts';

const spansOf = (...bots: string[]) => bots.map((botId) => ({ botId, botName: botId }) as Span);

test('each bot of a trace has a letter of its own, in the order in which they come in', () => {
  expect([...botMarks(spansOf('one', 'two', 'one', 'three'))]).toEqual([
    ['one', { letter: 'A', name: 'one' }],
    ['two', { letter: 'B', name: 'two' }],
    ['three', { letter: 'C', name: 'three' }],
  ]);
  const many = botMarks(spansOf(...Array.from({ length: 60 }, (_, at) => `bot-${at}`)));
  expect(many.get('bot-26')?.letter).toBe('AA');
  expect(new Set([...many.values()].map(({ letter }) => letter)).size).toBe(60);
});

test('of one bot alone no letter is needed', () => {
  expect(botMarks(spansOf('one', 'one')).size).toBe(0);
});
