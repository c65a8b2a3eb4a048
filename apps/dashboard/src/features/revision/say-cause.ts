import type { Revision } from '@clawster/contract/revision';

/** Why there is a revision, in words: what was changed. */
export function sayCause({ cause: { kind, name, number } }: Pick<Revision, 'cause'>): string {
  switch (kind) {
    case 'bot':
      return 'The bot itself was changed';
    case 'labels':
      return 'Its labels were changed, and its layers with them';
    case 'first':
      return 'What it was at first';
    case 'rollback':
      return `Rolled back to revision ${number ?? '?'}`;
    case 'connector':
    case 'template':
    case 'profile':
    case 'overlay':
    case 'channel':
      return `The ${kind} ${name ?? ''} was changed`;
  }
}
