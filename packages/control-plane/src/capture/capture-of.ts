import { randomBytes } from 'node:crypto';
import type { BotSpec } from '@clawster/contract/bot';
import type { Capture } from '@clawster/link/span';
import type { Tx } from '../transaction.ts';
import { findPolicy } from './capture.queries.ts';

/** What the host of a bot is to keep to: the workspace's policy, in the bot's own mode where it has one. */
export async function captureOf(
  tx: Tx,
  { workspaceId, spec }: { workspaceId: string; spec: Pick<BotSpec, 'capture'> },
): Promise<Capture> {
  const { mode, people } = await findPolicy(tx, workspaceId);
  return {
    mode: spec.capture === 'inherit' ? mode : spec.capture,
    people,
    pseudonymKey: await pseudonymKeyOf(tx, workspaceId),
  };
}

/** Made when it is first needed, and the same from then on. */
async function pseudonymKeyOf(tx: Tx, workspaceId: string): Promise<string> {
  const find = () =>
    tx.selectFrom('pseudonymKey').select('key').where('workspaceId', '=', workspaceId).executeTakeFirst();
  const known = await find();
  if (known) return known.key.toString('base64url');
  await tx
    .insertInto('pseudonymKey')
    .values({ workspaceId, key: randomBytes(32) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  // Another replica may have made one at the same time: the first is it.
  return (await find())?.key.toString('base64url') ?? '';
}
