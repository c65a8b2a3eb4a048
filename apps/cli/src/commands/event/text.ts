import type { EventRecord } from '@clawster/contract/event';

/** Who did it, in one or two words. */
export function actorText({ actor }: EventRecord): string {
  if (actor.kind === 'system') return `system ${actor.job}`;
  return actor.kind === 'bot' ? `bot ${actor.id}` : actor.name;
}
