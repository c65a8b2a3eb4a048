import type { ScopedBot } from '@clawster/domain/role/reach';
import { may } from '@clawster/domain/role/reach';
import { accessOf } from '../person/access-of.ts';
import type { Tx } from '../transaction.ts';

type Whose = { workspaceId: string; personId: string; bot?: ScopedBot | undefined };

/** Whether a person leaves the approval of what comes of their goal to somebody else: the team wants it so, and there is somebody who may. */
export async function isForAnother(tx: Tx, { teamId, ...whose }: Whose & { teamId: string | null }): Promise<boolean> {
  return teamId !== null && (await wantsAnother(tx, teamId)) && hasOtherDecider(tx, whose);
}

/** Whether somebody besides this person may decide in the inbox what this bot asks. */
export async function hasOtherDecider(tx: Tx, { workspaceId, personId, bot }: Whose): Promise<boolean> {
  const others = await tx
    .selectFrom('membership')
    .select('personId')
    .where('workspaceId', '=', workspaceId)
    .where('personId', '<>', personId)
    .execute();
  const accesses = await accessOf(
    tx,
    workspaceId,
    others.map((other) => other.personId),
  );
  return [...accesses.values()].some(
    (access) => may(access, 'inbox:decide', bot) && may(access, 'conversation:read', bot),
  );
}

async function wantsAnother(tx: Tx, teamId: string): Promise<boolean> {
  const team = await tx.selectFrom('team').select('approvalsByAnother').where('id', '=', teamId).executeTakeFirst();
  // Who does not reach the team's lead does not see what it wants: nothing is let through by that.
  return team?.approvalsByAnother ?? true;
}
