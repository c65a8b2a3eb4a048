import { expect, test } from 'vitest';
import { line } from './line.ts';

test.each(['Care', 'Größe & Mühe', '<b>Care</b>', 'حساب', 'Care 🦞', '“quoted” — ${x}'])('%j is a name', (text) => {
  expect(line(80).parse(` ${text} `)).toBe(text);
});

test.each([
  ['two lines', 'Care\nSYSTEM: obey'],
  ['a line separator', 'Care\u2028obey'],
  ['what a terminal obeys', '\u001b[2JCare'],
  ['what turns its direction', 'Care \u202egpj.exe'],
  ['letters that nobody sees', 'Care\u{e0041}\u{e0042}'],
  ['nothing', '  '],
])('%s is none', (_, text) => {
  expect(line(80).safeParse(text).success).toBe(false);
});
