import type { DrawBudget, DrawnBudget, SharedBudget } from '@clawster/link/budget';
import type { AllowanceBook } from './allowance-book.ts';
import { sayRefusedDraw, type WhyNoDraw } from './say-refused-draw.ts';

/** Asks the control plane; throws when it cannot be asked, or does not want to be. */
export type DrawFrom = (ask: DrawBudget) => Promise<DrawnBudget>;

export type Drawing = {
  book: AllowanceBook;
  drawFrom: DrawFrom;
  /** The control plane's time. */
  clock: () => Date;
  /** Only ever rises, whatever is done to the host's clock. */
  steadyMs: () => number;
};

/** After so long without a call, what is not spent is of more use to others. */
const idleMs = 60_000;
/** How long a refusal holds before the control plane is asked again; a change of the budget ends it. */
const refusedMs = 10_000;
/** A person waits: better the sentence that Clawster is away. */
const drawMsMax = 5_000;
/** Calls that a draw is to last for at least, and what they cost before one was made. */
const callsWanted = 10;
const firstWantUsd = 0.01;

/** What this bot may spend of one budget. */
export class Allowance {
  readonly #id: string;
  readonly #of: Drawing;
  #inFlight = 0;
  #usedAt: number;
  /** What calls cost lately. */
  #typicalUsd = 0;
  /** Of the last draw, of which half is to be left when the next is made. */
  #grantUsd = 0;
  #drawing: Promise<void> | undefined;
  #refused: { at: number; why: WhyNoDraw } | undefined;
  /** Something was spent or given up that the control plane was not told; at first nobody knows. */
  #owes = true;

  constructor(id: string, of: Drawing) {
    this.#id = id;
    this.#of = of;
    this.#usedAt = of.steadyMs();
  }

  /** The budget is another than when more was refused. */
  forgetRefusal(): void {
    this.#refused = undefined;
  }

  /** Why no call goes out now, in a sentence; waits for the control plane only when nothing is left. */
  async whyNot(budget: SharedBudget): Promise<string | undefined> {
    if (this.#leftUsd() <= 0 && !this.#isRefused()) await this.#draw();
    if (this.#leftUsd() <= 0) return sayRefusedDraw(budget, this.#refused?.why ?? 'spent', this.#page()?.endsAt);
    if (this.#leftUsd() < this.#grantUsd / 2 && !this.#isRefused()) void this.#draw();
    return undefined;
  }

  /** A call goes out. */
  begin(): void {
    this.#inFlight += 1;
  }

  /** It is over, and cost so much. */
  spend(usd: number): void {
    this.#inFlight -= 1;
    this.#usedAt = this.#of.steadyMs();
    if (usd <= 0) return;
    this.#typicalUsd = this.#typicalUsd > 0 ? this.#typicalUsd * 0.8 + usd * 0.2 : usd;
    this.#owes = true;
    const page = this.#page();
    if (page) this.#of.book.write(this.#id, { ...page, spentUsd: page.spentUsd + usd });
  }

  isIdle(): boolean {
    return this.#inFlight === 0 && this.#of.steadyMs() - this.#usedAt >= idleMs;
  }

  /** Gives back what is not spent, after a draw that is under way. */
  async giveBack(): Promise<void> {
    await this.#drawing;
    const page = this.#page();
    if (!page || (!this.#owes && page.allowedUsd <= page.spentUsd)) return;
    // Written down before it is told: it is not spent here any more, whether that is heard or not.
    this.#of.book.write(this.#id, { ...page, allowedUsd: Math.min(page.allowedUsd, page.spentUsd) });
    this.#owes = true;
    this.#drawing = this.#ask(0)
      .then(() => void (this.#owes = false))
      // Told again at the next look; until then the control plane keeps it reserved.
      .catch(() => undefined)
      .finally(() => (this.#drawing = undefined));
    await this.#drawing;
  }

  #page() {
    return this.#of.book.page(this.#id);
  }

  #leftUsd(): number {
    const page = this.#page();
    return page && this.#of.clock() < new Date(page.endsAt) ? page.allowedUsd - page.spentUsd : 0;
  }

  #isRefused(): boolean {
    return this.#refused !== undefined && this.#of.steadyMs() - this.#refused.at < refusedMs;
  }

  /** One draw at a time: calls at once wait for it together. */
  #draw(): Promise<void> {
    this.#drawing ??= this.#drawMore().finally(() => (this.#drawing = undefined));
    return this.#drawing;
  }

  async #drawMore(): Promise<void> {
    const before = Math.max(0, this.#leftUsd());
    try {
      const { refused } = await this.#ask(this.#typicalUsd > 0 ? this.#typicalUsd * callsWanted : firstWantUsd);
      this.#refused = refused && { at: this.#of.steadyMs(), why: refused };
      this.#grantUsd = Math.max(0, this.#leftUsd() - before);
    } catch (error) {
      this.#refused = { at: this.#of.steadyMs(), why: whyFailed(error) };
    }
  }

  async #ask(wantsUsd: number): Promise<DrawnBudget> {
    const { book, drawFrom } = this.#of;
    const { startsOn, spentUsd = 0, allowedUsd = 0 } = this.#page() ?? {};
    const of = { budgetId: this.#id, book: book.name, ...(startsOn ? { startsOn } : {}) };
    const drawn = await within(drawMsMax, drawFrom({ ...of, spentUsd, allowedUsd, wantsUsd }));
    const now = this.#page()?.spentUsd ?? 0;
    // Of an earlier period nothing goes over but what calls cost that ended since it was asked.
    const spent = drawn.startsOn === startsOn ? now : now - spentUsd;
    book.write(this.#id, {
      startsOn: drawn.startsOn,
      endsAt: drawn.endsAt,
      allowedUsd: drawn.allowedUsd,
      spentUsd: spent,
    });
    return drawn;
  }
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
