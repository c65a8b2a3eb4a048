type LogEntry = { level?: number | string; msg?: string; message?: string; err?: { message?: string } };

/** The last lines a child wrote as people read them: of JSON lines only the sentences, those of errors when there are any. */
export function sentencesOf(lines: string[], countMax = 8): string[] {
  const parsed = lines.map((line) => ({ line, entry: entryOf(line) }));
  const errors = parsed.filter(
    ({ entry }) => entry && (entry.level === 'error' || entry.level === 'fatal' || Number(entry.level) >= 50),
  );
  const shown = errors.length > 0 ? errors : parsed;
  return shown.slice(-countMax).map(({ line, entry }) => (entry ? sentenceOf(entry) : line));
}

function sentenceOf({ msg, message, err }: LogEntry): string {
  const sentence = msg ?? message ?? '';
  return err?.message && !sentence.includes(err.message) ? `${sentence}: ${err.message}` : sentence;
}

function entryOf(line: string): LogEntry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as LogEntry;
  } catch {
    return undefined;
  }
}
