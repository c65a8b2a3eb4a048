import type { SignedIn } from '../caller.ts';

/** Whether a caller may read what bots were told and wrote. */
export function readerOf({ permissions }: Pick<SignedIn, 'permissions'>): { mayRead: boolean } {
  return { mayRead: permissions.has('conversation:read') };
}
