import type { InboxItem, InboxKind, InboxState } from '@clawster/contract/inbox';
import { paths } from '../../lib/paths.ts';
import type { Look } from '../../ui/state-word.tsx';

/** What something is that waits for a person. */
export const kindWords: Record<InboxKind, string> = {
  delegation: 'A rule holds it',
  plan: 'A plan',
  question: 'A question',
  stall: 'Something does not go on',
  tool: 'A tool asks',
  budget: 'A budget stops bots',
};

/** How it was decided: a word, a shape and a colour. */
export const stateLooks: Record<InboxState, Look> = {
  open: { word: 'Waits', tone: 'warn', shape: 'bars' },
  approved: { word: 'Approved', tone: 'ok', shape: 'disc' },
  refused: { word: 'Refused', tone: 'bad', shape: 'square' },
  answered: { word: 'Answered', tone: 'ok', shape: 'disc' },
  expired: { word: 'Expired', tone: 'off', shape: 'gone' },
  withdrawn: { word: 'Not needed any more', tone: 'off', shape: 'square' },
};

/** Where what it is about stands, and what that is called. */
export function subjectOf({ kind, subjectId, teamId, botId }: InboxItem): { path: string; word: string } | undefined {
  if (kind === 'tool') return botId ? { path: paths.bot(botId), word: 'Open the bot' } : undefined;
  if (!subjectId) return undefined;
  if (kind === 'budget') return { path: paths.budgets(subjectId), word: 'Open the budget' };
  if (!teamId) return undefined;
  return kind === 'delegation' || kind === 'question'
    ? { path: paths.team(teamId, 'delegations', subjectId), word: 'Open the delegation' }
    : { path: paths.team(teamId, 'goals', subjectId), word: 'Open the goal' };
}
