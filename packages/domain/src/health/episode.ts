import type { HealthVerdict } from '@clawster/contract/health';

/** Bad for this long is an incident; a restart or a link that comes back at once is none. */
export const graceMs = 60_000;
/** Well for this long, it is over: what flaps meanwhile is one and the same. */
export const calmMs = 120_000;

/** What is remembered of a bot between two looks. */
export type Episode = {
  /** When trouble began that has not been over for long enough. */
  troubleSince?: Date | undefined;
  /** Since when all has been well again. */
  wellSince?: Date | undefined;
};

export type EpisodeStep =
  | { do: 'nothing' }
  | { do: 'open'; beganAt: Date }
  | { do: 'close'; endedAt: Date; ending: 'recovered' | 'muted' };

type Look = { verdict: HealthVerdict; isOpen: boolean; now: Date };

/** What another look makes of it. An incident opens and closes late, so that it neither comes nor goes with each change. */
export function nextEpisode(before: Episode, look: Look): { episode: Episode; step: EpisodeStep } {
  switch (look.verdict) {
    case 'bad':
      return whileBad(before, look);
    case 'good':
      return whileGood(before, look);
    case 'muted':
      return { episode: {}, step: look.isOpen ? { do: 'close', endedAt: look.now, ending: 'muted' } : nothing };
    case 'unknown':
    case 'settling':
      return { episode: { troubleSince: before.troubleSince }, step: nothing };
  }
}

const nothing = { do: 'nothing' } as const;

function whileBad({ troubleSince }: Episode, { isOpen, now }: Look): { episode: Episode; step: EpisodeStep } {
  const beganAt = troubleSince ?? now;
  const isLong = now.getTime() - beganAt.getTime() >= graceMs;
  return { episode: { troubleSince: beganAt }, step: !isOpen && isLong ? { do: 'open', beganAt } : nothing };
}

function whileGood(
  { troubleSince, wellSince }: Episode,
  { isOpen, now }: Look,
): { episode: Episode; step: EpisodeStep } {
  if (!troubleSince && !isOpen) return { episode: {}, step: nothing };
  const endedAt = wellSince ?? now;
  if (now.getTime() - endedAt.getTime() < calmMs)
    return { episode: { troubleSince, wellSince: endedAt }, step: nothing };
  return { episode: {}, step: isOpen ? { do: 'close', endedAt, ending: 'recovered' } : nothing };
}
