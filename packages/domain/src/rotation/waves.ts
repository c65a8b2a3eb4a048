/** A tenth of the bots follow the first one, before all others do. */
const secondWaveShare = 0.1;

/** The wave of a bot, counted from 1, by its place among all: one bot, then a tenth of them, then the rest; or all at once. */
export function waveOf(place: number, total: number, atOnce: boolean): number {
  if (atOnce || place === 0) return 1;
  return place <= Math.max(1, Math.ceil(total * secondWaveShare)) ? 2 : 3;
}

/** How many waves there are for so many bots. */
export function wavesFor(total: number, atOnce: boolean): number {
  return total === 0 ? 0 : waveOf(total - 1, total, atOnce);
}
