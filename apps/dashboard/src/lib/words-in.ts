/** What stands between commas, spaces or the ends of lines, each once. */
export function wordsIn(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))];
}

/** What stands between commas or the ends of lines, each once: for names with spaces in them. */
export function phrasesIn(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/[,\n]+/)
        .map((phrase) => phrase.trim())
        .filter(Boolean),
    ),
  ];
}
