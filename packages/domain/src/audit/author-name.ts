import type { Actor } from '@clawster/contract/event';

/** Who made something, as it is told beside it: by name, or Clawster for what it did by itself. */
export function authorName(author: Actor): string {
  return 'name' in author ? author.name : 'Clawster';
}
