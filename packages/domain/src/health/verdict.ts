import { type BotHealth, type Signal, type SignalKind, signalKinds } from '@clawster/contract/health';
import type { HealthFacts } from './facts.ts';
import { channelSignals, hostSignals } from './host.ts';
import { presenceSignals, startMsMax } from './presence.ts';
import { modelSignal, workSignals } from './work.ts';

/** What the signals of a bot come to. */
export type Verdict = Pick<BotHealth, 'verdict' | 'why' | 'fix' | 'cause' | 'failing'>;

/** All signals of a bot, the gravest kind first. */
export function signalsOf(facts: HealthFacts, now: Date): Signal[] {
  return [
    ...presenceSignals(facts, now),
    modelSignal(facts, now),
    ...channelSignals(facts, now),
    ...workSignals(facts, now),
    ...hostSignals(facts, now),
  ].sort((one, other) => gravity(one.kind) - gravity(other.kind));
}

function gravity(kind: SignalKind): number {
  return signalKinds.indexOf(kind);
}

/** Without these nobody can say that a bot is well. */
const essential = new Set<SignalKind>(['process', 'link', 'heartbeat', 'gateway']);
const onTheWay = new Set(['pending', 'installing', 'starting']);

/** In one word, and why: what is bad comes first, and good is only what was seen to be. */
export function verdictOf(facts: HealthFacts, signals: readonly Signal[], now: Date): Verdict {
  if (facts.desired !== 'running' || facts.heldBy) return { verdict: 'muted', why: facts.reason, failing: [] };
  if (onTheWay.has(facts.phase) && now.getTime() - facts.phaseSince.getTime() <= startMsMax)
    return { verdict: 'settling', why: facts.reason, failing: [] };
  const failing = signals.filter(({ state }) => state === 'bad');
  const [gravest, ...others] = failing;
  if (gravest) return bad(gravest, others, failing);
  const unseen = signals.find(({ kind, state }) => state === 'unknown' && essential.has(kind));
  if (unseen) return { verdict: 'unknown', why: unseen.text, failing };
  return { verdict: 'good', why: 'All that was looked at is well', failing };
}

function bad({ kind, text, cause = text, fix }: Signal, others: readonly Signal[], failing: Signal[]): Verdict {
  const also = [...new Set(others.map(({ label }) => label))].join(', ');
  return {
    verdict: 'bad',
    why: also ? `${text}. Also bad: ${also}` : text,
    cause: { signal: kind, text: cause },
    ...(fix ? { fix } : {}),
    failing,
  };
}

const verdictRank = { bad: 0, unknown: 20, settling: 30, good: 40, muted: 50 };

/** Where a bot stands among others, the worst lowest. */
export function rankOf({ verdict, cause }: Pick<Verdict, 'verdict' | 'cause'>): number {
  return verdictRank[verdict] + (cause ? gravity(cause.signal) : 0);
}
