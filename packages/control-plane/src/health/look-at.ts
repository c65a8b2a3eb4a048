import { nextEpisode } from '@clawster/domain/health/episode';
import { rankOf, signalsOf, verdictOf } from '@clawster/domain/health/verdict';
import { factsIn } from './read-facts.ts';
import type { HealthRow } from './select-facts.ts';

/** That a bot is as it was is written no more often than this; three times as old, it reads unknown. */
const sayAgainMs = 60_000;

/** A bot as it was found, and what that makes of it. */
export type Looked = ReturnType<typeof lookAt>;

/** Judges a bot by what was read of it. */
export function lookAt(row: HealthRow) {
  const { now } = row;
  const { facts, restarts } = factsIn(row);
  const signals = signalsOf(facts, now);
  const verdict = verdictOf(facts, signals, now);
  const before = { troubleSince: row.troubleSince ?? undefined, wellSince: row.wellSince ?? undefined };
  const look = { verdict: verdict.verdict, isOpen: row.incidentId !== null, now };
  return { row, verdict, signals, restarts, rank: rankOf(verdict), ...nextEpisode(before, look) };
}

/** Whether it is to be written; that a bot is as it was, only once in a while. */
export function isNews({ row, verdict, restarts, episode }: Looked): boolean {
  const { checkedAt, now } = row;
  const isSame =
    row.verdict === verdict.verdict &&
    row.why === verdict.why &&
    row.cause === (verdict.cause?.text ?? null) &&
    row.restartCount === restarts.count &&
    isSameTime(row.troubleSince, episode.troubleSince) &&
    isSameTime(row.wellSince, episode.wellSince);
  return !isSame || !checkedAt || now.getTime() - checkedAt.getTime() >= sayAgainMs;
}

function isSameTime(one: Date | null, other: Date | undefined): boolean {
  return one?.getTime() === other?.getTime();
}
