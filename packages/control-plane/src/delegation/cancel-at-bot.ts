import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import type { DelegationRow } from './delegation-row.ts';

/** A host says that no turn runs any more; ending one takes a moment. */
const cancelMs = 15_000;

/** Has a turn ended that may still run for what is over, until its host has confirmed that none does. */
export async function cancelAtBot(plane: ControlPlane, { id, toBotId, reason }: DelegationRow): Promise<void> {
  const isThere = toBotId && (await keep(plane, (tx) => stillThere(tx, toBotId)));
  if (isThere)
    await plane.links.request(
      toBotId,
      { method: 'delegation.cancel', params: { id, reason } },
      { timeoutMs: cancelMs },
    );
  await keep(plane, (tx) => tx.updateTable('delegation').set({ mustCancel: false }).where('id', '=', id).execute());
}

/** Of a bot that was destroyed no turn runs. */
async function stillThere(tx: Parameters<Parameters<typeof keep>[1]>[0], botId: string): Promise<boolean> {
  const bot = await tx
    .selectFrom('bot')
    .select('id')
    .where('id', '=', botId)
    .where('phase', '<>', 'destroyed')
    .executeTakeFirst();
  return bot !== undefined;
}
