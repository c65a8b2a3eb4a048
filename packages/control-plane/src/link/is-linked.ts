import type { ControlPlane } from '../plane.ts';
import { holderElsewhere } from '../replica/replica.queries.ts';
import type { Tx } from '../transaction.ts';

/** Whether the bot can be asked over its link: it is held here, or by another replica that lives. */
export async function isLinked(
  tx: Tx,
  { links, settings }: Pick<ControlPlane, 'links' | 'settings'>,
  botId: string,
): Promise<boolean> {
  return links.holds(botId) || (await holderElsewhere(tx, botId, settings.replica)) !== undefined;
}
