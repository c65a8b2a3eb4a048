export type BudgetFacts = {
  warnAt: readonly number[];
  hard: boolean;
  /** Absent while there is no limit. */
  limitUsd: number | undefined;
  spentUsd: number;
  reservedUsd: number;
  /** A bot asked in vain. */
  refused: boolean;
  /** The percentages that were told, and whether that it is spent was. */
  warned: readonly number[];
  toldSpent: boolean;
};
export type Reached = { warned: number[]; tell?: { kind: 'warned'; percent: number } | { kind: 'spent' | 'resumed' } };

const leastUsd = 1e-9;

/**
 * What is to be told of a budget now, and which percentages have been told then. Each is told once in a period; where the
 * limit was raised those beyond what is spent may be told again.
 */
export function reachedBy(facts: BudgetFacts): Reached {
  const { limitUsd, spentUsd, warnAt, toldSpent } = facts;
  const percents = limitUsd === undefined ? [] : warnAt.filter((percent) => spentUsd >= (limitUsd * percent) / 100);
  const warned = percents.toSorted((one, other) => one - other);
  if (isSpent(facts)) return toldSpent ? { warned } : { warned, tell: { kind: 'spent' } };
  if (toldSpent) return { warned, tell: { kind: 'resumed' } };
  const highest = warned.findLast((percent) => !facts.warned.includes(percent));
  return highest === undefined ? { warned } : { warned, tell: { kind: 'warned', percent: highest } };
}

/** Nothing is left, or what is left is in the hands of bots while another was refused. */
function isSpent({ limitUsd, spentUsd, reservedUsd, hard, refused }: BudgetFacts): boolean {
  if (limitUsd === undefined) return false;
  return limitUsd - spentUsd <= leastUsd || (hard && refused && limitUsd - spentUsd - reservedUsd <= leastUsd);
}
