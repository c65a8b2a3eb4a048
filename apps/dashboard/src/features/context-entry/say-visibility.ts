import type { Visibility } from '@clawster/contract/context-entry';
import type { TeamMember } from '@clawster/contract/team';

/** Who of the team sees it. */
export function sayVisibility(visibility: Visibility, members: readonly TeamMember[]): string {
  if (visibility === 'team') return 'all members';
  if (visibility === 'lead') return 'the lead only';
  const nameOf = (id: string) => members.find(({ botId }) => botId === id)?.botName ?? 'a bot that has left';
  return `only ${visibility.bots.map(nameOf).join(', ')}`;
}
