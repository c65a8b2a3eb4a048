/** What one bot may spend in all of a budget in a period, and has. */
export type Allowance = { grantedUsd: number; spentUsd: number };

/** What is known of a budget in a period when a bot draws. */
export type Pool = {
  /** Absent while the budget is lifted without a limit. */
  limitUsd: number | undefined;
  /** What the calls came to that the control plane was told of. */
  bookedUsd: number;
  /** What had been spent when the limit began to hold, and so passed no allowance. */
  beforeUsd: number;
  /** Of all bots but the one that draws, together. */
  others: { spentUsd: number; reservedUsd: number };
  own: Allowance;
  /** Bots that drew lately, the one that draws among them. */
  drawing: number;
};

export type DrawAsk = { spentUsd: number; allowedUsd: number; wantsUsd: number };
export type Drawn = Allowance & { refused?: 'spent' | 'reserved' };

/** Less than the price of any call: an amount below it is a rounding error. */
const leastUsd = 1e-9;

/**
 * What a bot may spend from now on. All that was granted and not spent counts as spent, so that bots together are never
 * granted more than the limit; who asks for more than is left is given what is left, so that all of it can be spent.
 */
export function draw(pool: Pool, { spentUsd: told, allowedUsd, wantsUsd }: DrawAsk): Drawn {
  const spentUsd = Math.max(pool.own.spentUsd, told);
  // The bot's word counts where it holds itself to less than it was granted: it gave something back, or never had the answer.
  const heldUsd = Math.max(spentUsd, Math.min(pool.own.grantedUsd, allowedUsd));
  if (wantsUsd <= 0) return { grantedUsd: heldUsd, spentUsd };
  const left = leftUsd({ ...pool, own: { grantedUsd: heldUsd, spentUsd } });
  if (left <= leastUsd && heldUsd - spentUsd <= leastUsd)
    return { grantedUsd: heldUsd, spentUsd, refused: pool.others.reservedUsd > leastUsd ? 'reserved' : 'spent' };
  return { grantedUsd: heldUsd + shareUsd({ left, wantsUsd, drawing: pool.drawing }), spentUsd };
}

/** What nobody has spent and nobody was granted; below 0 when calls that were under way went beyond it. */
export function leftUsd({ limitUsd, others, own, ...pool }: Omit<Pool, 'drawing'>): number {
  if (limitUsd === undefined) return Number.POSITIVE_INFINITY;
  const reserved = others.reservedUsd + Math.max(0, own.grantedUsd - own.spentUsd);
  return limitUsd - spentInAll({ ...pool, drawnUsd: others.spentUsd + own.spentUsd }) - reserved;
}

/** What was spent: the books lag behind what bots say, and know of what was spent without an allowance. */
export function spentInAll({ bookedUsd, beforeUsd, drawnUsd }: Record<'bookedUsd' | 'beforeUsd' | 'drawnUsd', number>) {
  return Math.max(bookedUsd, beforeUsd + drawnUsd);
}

/** Half of an equal share, so that the others find something too; some calls' worth at least. */
function shareUsd({ left, wantsUsd, drawing }: { left: number; wantsUsd: number; drawing: number }): number {
  if (left <= leastUsd) return 0;
  const equal = Number.isFinite(left) ? left / (2 * Math.max(1, drawing)) : 0;
  return Math.min(left, Math.max(equal, wantsUsd));
}
