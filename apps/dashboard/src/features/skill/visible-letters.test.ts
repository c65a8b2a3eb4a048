import { expect, test } from 'vitest';
import { visibleLetters } from './visible-letters.ts';

test.each([
  ['Hello\u200Bthere', 'Hello⟨U+200B⟩there'],
  ['a\u202Eb', 'a⟨U+202E⟩b'],
  ['tag\u{E0041}', 'tag⟨U+E0041⟩'],
  ['plain — text\twith 🦞 and ä\n', 'plain — text\twith 🦞 and ä\n'],
])('letters that nobody sees are named, all others stay: %j', (text, shown) =>
  expect(visibleLetters(text)).toBe(shown),
);
