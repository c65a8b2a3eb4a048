import { expect, test } from 'vitest';
import { passphraseStrength } from './passphrase-strength.ts';

test.each([
  ['nothing yet is not judged', '', 0],
  ['a short one is told how much is missing', 'short', 0],
  ['length alone does not help what repeats itself', 'abcabcabcabcabcabc', 1],
  ['one letter held down is guessable', 'aaaaaaaaaaaaaaaaaaaaaa', 1],
  ['one long word is good', 'extraordinarily1', 2],
  ['several words are strong', 'correct horse battery staple', 3],
] as const)('%s', (_, passphrase, score) => expect(passphraseStrength(passphrase).score).toBe(score));

test('a passphrase made of the own name is guessable', () => {
  expect(passphraseStrength('ada lovelace 1815', ['Ada Lovelace']).score).toBe(1);
});
