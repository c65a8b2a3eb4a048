import { closeCode } from '@clawster/link/handshake';
import { noteOvertaken } from '../installation/overtaken.ts';
import { together } from '../together.ts';
import type { Calls } from '../loops/loops.ts';
import { sideBySide } from '../loops/side-by-side.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { isAtRest, type Resting, tellResting } from './at-rest.ts';
import { carryOut, type Decided } from './carry-out.ts';
import { claimDueBots, leaseBot, LeaseLost, type Looked, whileLeased, type LeasedBot } from './lease-bots.ts';
import { observe, type Observed } from './observe.ts';
import { outcomeOf, sentenceOf, stepFor, type Taken } from './outcome.ts';
import { factsOf, readFacts } from './read-facts.ts';
import { restingBots } from './resting-bots.ts';
import { writeStatus } from './write-status.ts';

/** Most of a bot's step is its target's time, so more than the database's connections may be under way. */
const atOnceMax = 64;
/** Those at rest cost next to nothing each, so that many are read at once. */
const pageMax = 512;
/** While a slow one is under way, others become due. */
const lookAgainMs = 200;
/** A pass ends even when there is always more: it is the next that goes on. */
const passMs = 60_000;

/** Takes each due bot one step towards what it should be, and tells how it is; a slow one holds up no other. */
export function reconcileBots(plane: ControlPlane, signal: AbortSignal, calls?: Calls): Promise<void> {
  return reconcileAll(plane, { signal, calls, atOnceMax, lookAgainMs, next: (room) => claimDueBots(plane, room) });
}

/** Looks at this replica's share of the bots that need nothing, once at each, so that no missed signal is missed for long. */
export async function watchRestingBots(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  await reconcileAll(plane, { signal, atOnceMax: pageMax, lookAgainMs: passMs, next: await restingBots(plane) });
}

type Pass = {
  signal: AbortSignal;
  calls?: Calls | undefined;
  atOnceMax: number;
  lookAgainMs: number;
  /** At most so many of those to be looked at. */
  next: (room: number) => Promise<Looked[]>;
};

async function reconcileAll(plane: ControlPlane, { signal, next, ...pace }: Pass): Promise<void> {
  const until = performance.now() + passMs;
  const tell = together<Resting, void>({ atOnceMax: pace.atOnceMax, keyOf: ({ bot }) => bot.id }, async (resting) => {
    await tellResting(plane, resting);
    return resting.map(() => ({ result: undefined }));
  });
  await sideBySide({
    ...pace,
    isOver: () => signal.aborted || performance.now() > until,
    lease: next,
    work: (looked) => reconcile(plane, looked, tell),
  });
}

/** One bot's trouble is its own: it is counted and told, and the others go on. */
async function reconcile(
  plane: ControlPlane,
  looked: Looked,
  tell: (resting: Resting) => Promise<void>,
): Promise<void> {
  try {
    if (await isAtRest(plane, looked, tell)) return;
    const bot = await leaseBot(plane, looked.bot);
    if (bot) await whileLeased(plane, bot, (lost) => reconcileBot(plane, bot, lost));
  } catch (error) {
    const level = error instanceof LeaseLost ? 'info' : 'error';
    plane.log(level, 'A bot could not be reconciled', { botId: looked.bot.id, error: sentenceOf(error) });
  }
}

/** Observes, plans, carries out, tells: the one path for creation, change, crash and drift alike. */
export async function reconcileBot(
  plane: ControlPlane,
  bot: LeasedBot,
  lost: AbortSignal = new AbortController().signal,
): Promise<void> {
  const stored = factsOf(bot, await systemQuery(plane, (tx) => readFacts(tx, plane, [bot.id])));
  const observed = await observe(plane, { bot, stored });
  const since = performance.now();
  await giveWay(plane, bot, observed);
  const taken = await attempt(plane, bot, { step: stepFor(bot, observed), observed });
  lost.throwIfAborted();
  const now = new Date(observed.at.getTime() + performance.now() - since);
  await writeStatus(plane, bot, outcomeOf(bot, observed, { ...taken, now }));
}

/** A newer copy has this bot: its link is let go, so that it dials in there, and this copy acts no more. */
async function giveWay(plane: ControlPlane, bot: LeasedBot, { newer, overtakenBy }: Observed): Promise<void> {
  if (!newer) return;
  if (overtakenBy === null || overtakenBy < newer.epoch) await noteOvertaken(plane, newer);
  await plane.links.close(bot.id, closeCode.declined, 'A newer copy of this Clawster has this bot');
}

async function attempt(plane: ControlPlane, bot: LeasedBot, decided: Decided): Promise<Pick<Taken, 'step' | 'error'>> {
  try {
    return { step: await carryOut(plane, bot, decided) };
  } catch (error) {
    if (error instanceof LeaseLost) throw error;
    plane.log('warn', `A step of ${bot.name} failed`, {
      botId: bot.id,
      step: decided.step.do,
      error: sentenceOf(error),
    });
    return { step: decided.step, error };
  }
}
