import type { Revision } from '@clawster/contract/revision';

const own: Partial<Record<Revision['cause']['kind'], string>> = {
  bot: 'The bot itself was changed',
  labels: 'Its labels were changed, and its layers with them',
  first: 'What it was at first',
};

/** Why there is a revision, in words: what was changed. */
export function sayCause({ cause: { kind, name, number } }: Pick<Revision, 'cause'>): string {
  if (kind === 'rollback') return `Rolled back to revision ${number ?? '?'}`;
  return own[kind] ?? `The ${kind} ${name ?? ''} was changed`;
}
