import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draw, type Pool } from './draw.ts';

const pool: Pool = {
  limitUsd: 10,
  bookedUsd: 0,
  beforeUsd: 0,
  others: { spentUsd: 0, reservedUsd: 0 },
  own: { grantedUsd: 0, spentUsd: 0 },
  drawing: 1,
};
const nothing = { spentUsd: 0, allowedUsd: 0 };

describe('a draw', () => {
  test.each([
    ['grants half of what is left to the only one', pool, 5],
    ['grants half of an equal share where several draw', { ...pool, drawing: 5 }, 1],
    ['grants some calls’ worth at least', { ...pool, drawing: 500 }, 0.5],
    [
      'counts what others may spend as spent',
      { ...pool, others: { spentUsd: 2, reservedUsd: 6 }, own: { grantedUsd: 0, spentUsd: 0 } },
      1,
    ],
    ['counts what the books know beyond what bots say', { ...pool, bookedUsd: 8 }, 1],
    ['counts what was spent before the limit held', { ...pool, beforeUsd: 8 }, 1],
    ['grants what is left where that is less than a call', { ...pool, beforeUsd: 9.9 }, 0.1],
    ['grants without end while there is no limit', { ...pool, limitUsd: undefined, bookedUsd: 99 }, 0.5],
  ] as const)('%s', (_, from, granted) => {
    const drawn = draw(from, { ...nothing, wantsUsd: 0.5 });
    expect([drawn.grantedUsd.toFixed(6), drawn.refused]).toEqual([granted.toFixed(6), undefined]);
  });

  test('is refused where all is spent, and otherwise where others still may spend it', () => {
    const spent = { ...pool, own: { grantedUsd: 10, spentUsd: 10 } };
    expect(draw(spent, { spentUsd: 10, allowedUsd: 10, wantsUsd: 1 }).refused).toBe('spent');
    const reserved = { ...pool, others: { spentUsd: 4, reservedUsd: 6 } };
    expect(draw(reserved, { ...nothing, wantsUsd: 1 }).refused).toBe('reserved');
  });

  test('told twice, or after its answer was lost, reserves nothing twice', () => {
    const first = draw(pool, { ...nothing, wantsUsd: 1 });
    const again = draw({ ...pool, own: first }, { ...nothing, wantsUsd: 1 });
    expect(again).toEqual(first);
  });

  test('gives back what is not spent any more, and never less than was', () => {
    const own = { grantedUsd: 5, spentUsd: 2 };
    expect(draw({ ...pool, own }, { spentUsd: 3, allowedUsd: 3, wantsUsd: 0 })).toEqual({ grantedUsd: 3, spentUsd: 3 });
    expect(draw({ ...pool, own }, { spentUsd: 1, allowedUsd: 0, wantsUsd: 0 })).toEqual({ grantedUsd: 2, spentUsd: 2 });
  });
});

/** A bot as it keeps its own book; `granted` is the control plane's row of it. */
type Bot = { spent: number; allowed: number; row: { grantedUsd: number; spentUsd: number } };
type Step = { bot: number; kind: 'draw' | 'lost' | 'call' | 'return' | 'tell'; cents: number };

const steps = fc.array(
  fc.record({
    bot: fc.nat(4),
    kind: fc.constantFrom<Step['kind']>('draw', 'lost', 'call', 'call', 'return', 'tell'),
    cents: fc.integer({ min: 1, max: 300 }),
  }),
  { maxLength: 200 },
);

function start(): Bot[] {
  return Array.from({ length: 5 }, () => ({ spent: 0, allowed: 0, row: { grantedUsd: 0, spentUsd: 0 } }));
}

function drawAs(bots: Bot[], bot: Bot, { limit, wantsUsd }: { limit: number; wantsUsd: number }) {
  const others = bots.filter((other) => other !== bot).map(({ row }) => row);
  const sum = (of: (row: Bot['row']) => number) => others.reduce((total, row) => total + of(row), 0);
  const from = { spentUsd: sum((row) => row.spentUsd), reservedUsd: sum((row) => row.grantedUsd - row.spentUsd) };
  const ask = { spentUsd: bot.spent, allowedUsd: bot.allowed, wantsUsd };
  const drawn = draw({ ...pool, limitUsd: limit, others: from, own: bot.row, drawing: bots.length }, ask);
  bot.row = { grantedUsd: drawn.grantedUsd, spentUsd: drawn.spentUsd };
  return drawn;
}

/** What happens to a bot; an answer that is lost reaches the control plane's row alone. */
const happen: Record<Step['kind'], (bots: Bot[], bot: Bot, at: { limit: number; usd: number }) => void> = {
  draw: (bots, bot, { limit, usd }) => {
    bot.allowed = drawAs(bots, bot, { limit, wantsUsd: usd }).grantedUsd;
  },
  lost: (bots, bot, { limit, usd }) => void drawAs(bots, bot, { limit, wantsUsd: usd }),
  // A call goes out while something is left, and costs no more than is: what it costs beyond is for another test.
  call: (_, bot, { usd }) => {
    bot.spent += Math.max(0, Math.min(usd, bot.allowed - bot.spent));
  },
  return: (bots, bot, { limit }) => {
    bot.allowed = Math.min(bot.allowed, bot.spent);
    drawAs(bots, bot, { limit, wantsUsd: 0 });
  },
  tell: (bots, bot, { limit }) => {
    bot.allowed = drawAs(bots, bot, { limit, wantsUsd: 0 }).grantedUsd;
  },
};

const granted = (bots: Bot[]) => bots.reduce((total, { row }) => total + row.grantedUsd, 0);
const allowed = (bots: Bot[]) => bots.reduce((total, bot) => total + bot.allowed, 0);

test('whatever is lost or told in whatever order, bots together are never allowed more than the limit', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 2_000 }), (happening, cents) => {
      const bots = start();
      const limit = cents / 100;
      for (const { bot, kind, cents: amount } of happening) {
        happen[kind](bots, bots[bot] as Bot, { limit, usd: amount / 100 });
        expect(granted(bots)).toBeLessThanOrEqual(limit + 1e-6);
        expect(allowed(bots)).toBeLessThanOrEqual(limit + 1e-6);
      }
    }),
  );
});

test('whatever happened before, all of the limit can be spent', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 2_000 }), (happening, cents) => {
      const bots = start();
      const limit = cents / 100;
      for (const { bot, kind, cents: amount } of happening)
        happen[kind](bots, bots[bot] as Bot, { limit, usd: amount / 100 });
      for (const bot of bots) happen.return(bots, bot, { limit, usd: 0 });
      const [last] = bots as [Bot];
      for (let round = 0; round < 100; round += 1) {
        happen.draw(bots, last, { limit, usd: 0.01 });
        happen.call(bots, last, { limit, usd: limit });
      }
      expect(bots.reduce((total, { spent }) => total + spent, 0)).toBeCloseTo(limit, 6);
    }),
  );
});

test('what calls under way cost beyond their allowance is granted to nobody again', () => {
  const over = draw(pool, { spentUsd: 12, allowedUsd: 5, wantsUsd: 1 });
  expect(over).toEqual({ grantedUsd: 12, spentUsd: 12, refused: 'spent' });
  const other = draw({ ...pool, others: { spentUsd: 6, reservedUsd: 0 } }, { ...nothing, wantsUsd: 100 });
  expect(other.grantedUsd).toBeCloseTo(4, 9);
});
