import type { TeamLimits } from '@clawster/contract/team';

/** What there is already, of what the team limits. */
export type Counts = { hops: number; openOfTeam: number; openOfAsker: number; spentUsd: number };

/** Why the team's limits let no more through, or undefined where they do. */
export function whyBeyondLimits(limits: TeamLimits, counts: Counts): string | undefined {
  if (counts.hops > limits.hops)
    return `It was passed on ${limits.hops} times already, which is as often as the team allows`;
  if (counts.openOfAsker >= limits.fanOut)
    return `${limits.fanOut} tasks of this one are open, which is as many as the team allows: wait for one of them`;
  if (counts.openOfTeam >= limits.openTasks)
    return `The team has ${limits.openTasks} tasks open, which is as many as it may: wait for some of them`;
  if (limits.usdPerOrigin !== null && counts.spentUsd >= limits.usdPerOrigin)
    return `What comes of the same origin has cost $${limits.usdPerOrigin.toFixed(2)}, which is as much as the team allows`;
  return undefined;
}
