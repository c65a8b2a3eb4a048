/** What nobody sees on a page: all that Unicode calls control or format, but what ends a line or stands for a gap. */
const unseen = /[[\p{Cc}\p{Cf}\u{E0000}-\u{E007F}]--[\t\n\r]]/gv;

/** A text with the letters that nobody sees named in their place, so that one reads what a bot would. */
export function visibleLetters(text: string): string {
  return text.replaceAll(
    unseen,
    (letter) => `⟨U+${letter.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}
