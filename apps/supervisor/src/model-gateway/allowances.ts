import type { DrawBudget, DrawnBudget, SharedBudget } from '@clawster/link/budget';
import { openAllowanceBook, type Page } from './allowance-book.ts';
import { sayRefusedDraw, type WhyNoDraw } from './say-refused-draw.ts';

/** Asks the control plane; throws when it cannot be asked, or does not want to be. */
export type DrawFrom = (ask: DrawBudget) => Promise<DrawnBudget>;

/** What a bot may spend of the budgets it shares with others: drawn bit by bit, and given back when it is not used. */
export type Allowances = {
  /** What holds from now on. */
  learn(budgets: readonly SharedBudget[]): void;
  /**
   * Lets one call go out that these budgets count, and returns how to say what it cost; or why it may not, in a sentence.
   * Waits for the control plane only when nothing is left of what was drawn.
   */
  begin(budgets: readonly SharedBudget[]): Promise<string | ((usd: number) => void)>;
  /** Gives back what is not used, as far as that can be done within a moment. */
  giveBack(): Promise<void>;
  close(): void;
};

export type AllowanceOptions = {
  file: string | undefined;
  drawFrom: DrawFrom;
  clock: () => Date;
  steadyMs: () => number;
};

/** After so long without a call, what is not spent is of more use to others. */
const idleMs = 60_000;
const lookMs = 10_000;
/** How long a refusal holds before the control plane is asked again; a change of the budget ends it. */
const refusedMs = 10_000;
/** A person waits: better the sentence that Clawster is away. */
const drawMsMax = 5_000;
/** Calls that a draw is to last for at least, and what they cost before one was made. */
const callsWanted = 10;
const firstWantUsd = 0.01;

type Account = {
  inFlight: number;
  usedAt: number;
  /** What calls cost lately. */
  typicalUsd: number;
  /** Of the last draw, of which half is to be left when the next is made. */
  grantUsd: number;
  drawing?: Promise<void> | undefined;
  refused?: { at: number; why: WhyNoDraw } | undefined;
  /** Something was spent or given up that the control plane was not told. */
  owes: boolean;
};

/** Opens what was allowed as it was written down last. */
export function openAllowances({ file, drawFrom, clock, steadyMs }: AllowanceOptions): Allowances {
  const book = openAllowanceBook(file);
  const accounts = new Map<string, Account>();
  let versions = new Map<string, number>();
  const account = (id: string): Account => {
    const known = accounts.get(id) ?? { inFlight: 0, usedAt: steadyMs(), typicalUsd: 0, grantUsd: 0, owes: true };
    accounts.set(id, known);
    return known;
  };
  const inForce = (id: string): Page | undefined => {
    const page = book.page(id);
    return page && clock() < new Date(page.endsAt) ? page : undefined;
  };
  const remaining = (id: string) => {
    const page = inForce(id);
    return page ? page.allowedUsd - page.spentUsd : 0;
  };

  async function ask(id: string, wantsUsd: number): Promise<DrawnBudget> {
    const before = book.page(id);
    const { startsOn, spentUsd = 0, allowedUsd = 0 } = before ?? {};
    const of = { budgetId: id, book: book.name, ...(startsOn ? { startsOn } : {}) };
    const drawn = await within(drawMsMax, drawFrom({ ...of, spentUsd, allowedUsd, wantsUsd }));
    const now = book.page(id);
    // Of an earlier period nothing goes over but what calls cost that ended since it was asked.
    const spent = drawn.startsOn === startsOn ? (now?.spentUsd ?? 0) : (now?.spentUsd ?? 0) - spentUsd;
    const { startsOn: day, endsAt, allowedUsd: allowed } = drawn;
    book.write(id, { startsOn: day, endsAt, allowedUsd: allowed, spentUsd: spent });
    return drawn;
  }

  function drawMore(id: string): Promise<void> {
    const own = account(id);
    own.drawing ??= (async () => {
      const left = Math.max(0, remaining(id));
      try {
        const { refused } = await ask(id, own.typicalUsd > 0 ? own.typicalUsd * callsWanted : firstWantUsd);
        own.refused = refused && { at: steadyMs(), why: refused };
        own.grantUsd = Math.max(0, remaining(id) - left);
      } catch (error) {
        own.refused = { at: steadyMs(), why: whyFailed(error) };
      } finally {
        own.drawing = undefined;
      }
    })();
    return own.drawing;
  }

  async function whyNot(budget: SharedBudget): Promise<string | undefined> {
    const own = account(budget.id);
    const { id } = budget;
    const isRefused = () => own.refused !== undefined && steadyMs() - own.refused.at < refusedMs;
    if (remaining(id) <= 0 && !isRefused()) await drawMore(id);
    if (remaining(id) <= 0) return sayRefusedDraw(budget, own.refused?.why ?? 'spent', book.page(id)?.endsAt);
    if (remaining(id) < own.grantUsd / 2 && !isRefused()) void drawMore(id);
    return undefined;
  }

  function spend(id: string, usd: number): void {
    const own = account(id);
    own.inFlight -= 1;
    own.usedAt = steadyMs();
    if (usd <= 0) return;
    own.typicalUsd = own.typicalUsd > 0 ? own.typicalUsd * 0.8 + usd * 0.2 : usd;
    own.owes = true;
    const page = book.page(id);
    if (page) book.write(id, { ...page, spentUsd: page.spentUsd + usd });
  }

  async function returnUnused(id: string): Promise<void> {
    const own = account(id);
    const page = book.page(id);
    if (!page || own.drawing || (!own.owes && page.allowedUsd <= page.spentUsd)) return;
    // Written down before it is told: it is not spent here any more, whether that is heard or not.
    book.write(id, { ...page, allowedUsd: Math.min(page.allowedUsd, page.spentUsd) });
    own.owes = true;
    own.drawing = ask(id, 0)
      .then(() => void (own.owes = false))
      // Told again at the next look; away, the control plane keeps it reserved.
      .catch(() => undefined)
      .finally(() => (own.drawing = undefined));
    await own.drawing;
  }

  const isIdle = ({ inFlight, usedAt }: Account) => inFlight === 0 && steadyMs() - usedAt >= idleMs;
  const look = setInterval(() => {
    for (const id of book.budgetIds()) if (isIdle(account(id))) void returnUnused(id);
  }, lookMs);
  look.unref();

  return {
    learn(budgets) {
      for (const { id, version } of budgets) if (versions.get(id) !== version) account(id).refused = undefined;
      versions = new Map(budgets.map(({ id, version }) => [id, version]));
    },
    async begin(budgets) {
      for (const budget of budgets) {
        const reason = await whyNot(budget);
        if (reason !== undefined) return reason;
      }
      for (const { id } of budgets) account(id).inFlight += 1;
      return (usd) => {
        for (const { id } of budgets) spend(id, usd);
      };
    },
    async giveBack() {
      const one = async (id: string) => {
        await account(id).drawing;
        await returnUnused(id);
      };
      await Promise.all(book.budgetIds().map(one));
    },
    close: () => clearInterval(look),
  };
}

function whyFailed(error: unknown): WhyNoDraw {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'unknown-method') return 'older';
  return code === 'not-found' ? 'gone' : 'away';
}

/** A request that is answered later is not listened to: the next one says what holds. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('The control plane did not answer in time')), ms);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}
