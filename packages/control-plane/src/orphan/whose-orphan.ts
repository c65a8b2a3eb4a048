import { Refusal } from '@clawster/domain/refusal';
import type { OrphanRow } from './orphan.queries.ts';

/**
 * Refuses a bot of this Clawster that does not say whose it is, where several workspaces have bots on that very place:
 * it may be another one's, with all that it was told.
 */
export function refuseUnlessOwn({ isOwn, name }: OrphanRow): void {
  if (isOwn) return;
  throw new Refusal(
    'refused',
    `${name} does not say of which workspace it is, and this place has bots of several: whoever runs Clawster's machine can look into it there`,
  );
}
