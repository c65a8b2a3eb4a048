export type Strength = { score: 0 | 1 | 2 | 3; text: string };

/**
 * A first judgement while someone types: length above all, and the two commonest ways to spoil it,
 * repetition and one's own name. The server judges again, with a dictionary.
 */
export function passphraseStrength(passphrase: string, known: string[] = []): Strength {
  if (passphrase === '') return { score: 0, text: 'Four or five unrelated words work well' };
  if (passphrase.length < 15)
    return {
      score: 0,
      text: `${15 - passphrase.length} more ${passphrase.length === 14 ? 'character' : 'characters'}`,
    };
  const lower = passphrase.toLowerCase();
  if (
    known.some((word) => word.length >= 4 && lower.includes(word.toLowerCase()) && passphrase.length < word.length + 12)
  )
    return { score: 1, text: 'Guessable: it leans on your name or e-mail' };
  if (new Set(lower).size < 7 || /(.{1,4})\1{3,}/.test(lower))
    return { score: 1, text: 'Guessable: it repeats itself' };
  if (/^[a-z]+\d*$/.test(lower) && passphrase.length < 18)
    return { score: 2, text: 'Good; another word makes it strong' };
  return { score: 3, text: 'Strong' };
}
