/** Longer words are not compared: no key of OpenClaw's is, and the comparison takes as long as both are long. */
const lengthMax = 64;

/** The word that was probably meant, or undefined when none is near enough to be more than a guess. */
export function nearestOf(word: string, known: readonly string[]): string | undefined {
  if (word.length > lengthMax) return undefined;
  const typed = word.toLowerCase();
  const near = known
    .map((candidate) => ({ candidate, distance: distanceOf(typed, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= distanceMax(candidate))
    // Of equally near ones that of the same length: letters change places more often than they get lost.
    .toSorted((one, other) => one.distance - other.distance || lengthOff(one, word) - lengthOff(other, word));
  return near[0]?.candidate;
}

function lengthOff({ candidate }: { candidate: string }, word: string): number {
  return Math.abs(candidate.length - word.length);
}

/** A slip in three letters, and never the whole word. */
function distanceMax(word: string): number {
  return word.length < 3 ? 0 : Math.max(1, Math.floor(word.length / 3));
}

/** How many letters were left out, added, mistaken or swapped with their neighbour. */
export function distanceOf(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  // -1 is outside the table, where nothing is near.
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const changed = at(row - 1, column - 1) + (isSame ? 0 : 1);
      const swapped = isSwap ? at(row - 2, column - 2) + 1 : Infinity;
      current[column] = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, changed, swapped);
    }
  }
  return at(one.length, other.length);
}
