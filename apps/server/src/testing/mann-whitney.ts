/**
 * How likely two samples of one distribution would differ in rank as much as these (Mann-Whitney U, two-sided, by the normal
 * approximation, which is good from some twenty values on). Small: they come from different ones.
 */
export function mannWhitney(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((value) => ({ value, isOne: true })), ...other.map((value) => ({ value, isOne: false }))];
  all.sort((first, second) => first.value - second.value);
  const [n, m] = [one.length, other.length];
  let rankSum = 0;
  let ties = 0;
  for (let start = 0; start < all.length;) {
    let end = start;
    while (end < all.length && all[end]?.value === all[start]?.value) end += 1;
    const size = end - start;
    // Those that are equal share the middle of their ranks.
    const rank = (start + 1 + end) / 2;
    rankSum += rank * all.slice(start, end).filter(({ isOne }) => isOne).length;
    ties += size ** 3 - size;
    start = end;
  }
  const mean = (n * m) / 2;
  const total = n + m;
  const deviation = Math.sqrt(((n * m) / 12) * (total + 1 - ties / (total * (total - 1))));
  const distance = Math.max(0, Math.abs(rankSum - (n * (n + 1)) / 2 - mean) - 0.5);
  return deviation === 0 ? 1 : 2 * (1 - normal(distance / deviation));
}

/** The share of a normal distribution below z (Abramowitz and Stegun 26.2.17, to seven digits). */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}
