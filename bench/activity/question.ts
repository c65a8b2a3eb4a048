import type { SignedIn } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';

/** What is asked for, at random: of those there are. */
export type Known = {
  botIds: string[];
  incidentIds: string[];
  turns: { traceId: string; botId: string; session: string }[];
};
/** What a page asks, with something else at every time. */
export type Question = { name: string; ask(plane: ControlPlane, caller: SignedIn): Promise<unknown> };

/** Any of them. */
export function one<Item>(all: readonly Item[]): Item {
  return all[Math.floor(Math.random() * all.length)] as Item;
}
