import { api } from '@clawster/contract/api';
import { changesOf } from '@clawster/domain/audit/changes';
import { Refusal } from '@clawster/domain/refusal';
import { tellBots } from '../bot/tell-bots.ts';
import { command } from '../command.ts';
import { botsUnder, findPolicy, toldPolicy } from './capture.queries.ts';

/** Changes how much of conversations is kept from now on, and has the bots' hosts told; what was kept goes at its own time. */
export const setCapturePolicy = command(api.capture.set, async ({ tx, caller, record }, policy) => {
  const { workspaceId } = caller;
  const before = await findPolicy(tx, workspaceId);
  const changed = changesOf(before, policy);
  if (changed.changed.length === 0) throw new Refusal('conflict', 'It is kept so already');
  await tx
    .insertInto('capturePolicy')
    .values({ workspaceId, ...policy })
    .onConflict((conflict) => conflict.column('workspaceId').doUpdateSet(policy))
    .execute();
  // How long text is kept is decided here: a host has no part in it.
  const isTold = before.mode !== policy.mode || before.people !== policy.people;
  if (isTold) await tellBots(tx, await concerned(tx, { workspaceId, isOfAll: before.people !== policy.people }));
  await record({ type: 'capture-policy-changed', detail: changed });
  return toldPolicy(tx, workspaceId);
});

/** A bot with a mode of its own keeps to the workspace's way of telling people all the same. */
async function concerned(
  tx: Parameters<typeof botsUnder>[0],
  { workspaceId, isOfAll }: { workspaceId: string; isOfAll: boolean },
): Promise<string[]> {
  const bots = await botsUnder(tx, workspaceId);
  return bots.filter(({ inherits }) => isOfAll || inherits).map(({ id }) => id);
}
