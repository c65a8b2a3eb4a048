export type DiffLine = { kind: 'same' | 'gone' | 'new' | 'skipped'; text: string };

/** Lines of a text that are alike are shown so many around each difference. */
const contextLines = 2;
/** Beyond this many comparisons a text is shown as gone and come anew: nobody reads a difference that long. */
const comparisonsMax = 1_000_000;

/** What differs between two texts, line by line; long runs of lines that are alike are told by their number. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const [old, young] = [before.split('\n'), after.split('\n')];
  const all = old.length * young.length > comparisonsMax ? anew(old, young) : compared(old, young);
  return withoutLongRuns(all);
}

function anew(old: string[], young: string[]): DiffLine[] {
  return [
    ...old.map((text) => ({ kind: 'gone' as const, text })),
    ...young.map((text) => ({ kind: 'new' as const, text })),
  ];
}

/** By the longest common run of lines. */
function compared(old: string[], young: string[]): DiffLine[] {
  const common = Array.from({ length: old.length + 1 }, () => Array.from({ length: young.length + 1 }, () => 0));
  const at = (row: number, column: number) => common[row]?.[column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1)
    for (let column = young.length - 1; column >= 0; column -= 1)
      (common[row] as number[])[column] =
        old[row] === young[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
  return walked(old, young, at);
}

function walked(old: string[], young: string[], at: (row: number, column: number) => number): DiffLine[] {
  const lines: DiffLine[] = [];
  let [row, column] = [0, 0];
  while (row < old.length || column < young.length) {
    const [gone, come] = [old[row], young[column]];
    if (gone !== undefined && gone === come) {
      lines.push({ kind: 'same', text: gone });
      row += 1;
      column += 1;
    } else if (gone !== undefined && (come === undefined || at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ kind: 'gone', text: gone });
      row += 1;
    } else {
      lines.push({ kind: 'new', text: come ?? '' });
      column += 1;
    }
  }
  return lines;
}

function withoutLongRuns(lines: DiffLine[]): DiffLine[] {
  const isNear = lines.map((_, at) =>
    lines.slice(Math.max(0, at - contextLines), at + contextLines + 1).some(({ kind }) => kind !== 'same'),
  );
  const shown: DiffLine[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at] as DiffLine;
    let end = at;
    while (end < lines.length && !isNear[end]) end += 1;
    // One line that is alike takes no more room than saying so.
    if (end - at > 1) shown.push({ kind: 'skipped', text: `${end - at} lines alike` });
    else shown.push(line);
    at = Math.max(end, at + 1);
  }
  return shown;
}
