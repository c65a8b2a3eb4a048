import { expect, test } from 'vitest';
import { dueAtOf } from './due.ts';

const setAt = new Date('2026-01-01T00:00:00Z');
const at = (text: string) => new Date(`${text}T00:00:00Z`);

test.each([
  ['without schedule and end it is never due', undefined, undefined, undefined],
  ['by its schedule', undefined, 90, at('2026-04-01')],
  ['two weeks before it ends', at('2026-03-15'), undefined, at('2026-03-01')],
  ['at once when it ends within two weeks', at('2026-01-05'), undefined, setAt],
  ['by the sooner of the two: its end', at('2026-03-15'), 90, at('2026-03-01')],
  ['by the sooner of the two: its schedule', at('2027-01-01'), 30, at('2026-01-31')],
])('a secret is due %s', (_, expiresAt, rotateDays, due) =>
  expect(dueAtOf({ setAt, expiresAt, rotateDays })).toEqual(due),
);
