/** What a supervisor spooled, as it is stored, and what it says it had to drop. */
export type StoredItem = { botId: string; epoch: number; sequence: number };

/**
 * A supervisor that starts anew begins at the time in milliseconds, so that no number is used twice: a leap of this size
 * is another life of it, and not what got lost.
 */
const leapMin = 400;

/** R7: everything a bot told is stored once; what is missing was told to be. */
export function telemetryGaps(items: StoredItem[], dropped: ReadonlyMap<string, number>): string[] {
  const wrong: string[] = [];
  for (const [botId, own] of Map.groupBy(items, (item) => item.botId)) {
    let missing = 0;
    for (const [epoch, numbered] of Map.groupBy(own, (item) => item.epoch)) {
      const sequences = numbered.map(({ sequence }) => sequence);
      const known = new Set(sequences);
      if (known.size < sequences.length)
        wrong.push(`${botId}: ${sequences.length - known.size} of epoch ${epoch} stored twice`);
      missing += missingBetween([...known].toSorted((a, b) => a - b));
    }
    const told = dropped.get(botId) ?? 0;
    if (missing > told) wrong.push(`${botId}: ${missing} are missing, ${told} told to be`);
  }
  return wrong;
}

function missingBetween(sequences: number[]): number {
  const steps = sequences.slice(1).map((sequence, index) => sequence - (sequences[index] ?? 0));
  return steps.filter((step) => step < leapMin).reduce((sum, step) => sum + step - 1, 0);
}

/** R7 for whoever listens: each event once, in order, none left out from the first one heard on. */
export function missedEvents(stored: string[], heard: string[]): string[] {
  const wrong: string[] = [];
  const seen = new Set<string>();
  for (const id of heard) {
    if (seen.has(id)) wrong.push(`${id} was heard twice`);
    seen.add(id);
  }
  const from = stored.indexOf(heard[0] ?? '');
  const due = stored.slice(Math.max(from, 0));
  for (const id of due) if (!seen.has(id)) wrong.push(`${id} was not heard`);
  if (wrong.length === 0 && due.join() !== heard.join()) wrong.push('They were heard in another order');
  return wrong;
}
