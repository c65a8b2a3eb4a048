import { byLoad } from '@clawster/domain/delegation/candidates';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { inSeconds } from './in-seconds.ts';
import { lockTeam } from './lock-team.ts';
import type { DelegationRow } from './delegation-row.ts';
import { askedTeam, readMembers } from './team.queries.ts';

/** So long until it is looked again whether somebody is free. */
const waitSeconds = 2;

/** Chooses who does what was let through, of those the rules let: whoever is up and least busy. Resolves with undefined while nobody is. */
export function assignDelegation(plane: ControlPlane, row: DelegationRow): Promise<DelegationRow | undefined> {
  return keep(plane, async (tx) => {
    await lockTeam(tx, row.teamId);
    const team = await askedTeam(tx, row.teamId);
    const members = await readMembers(tx, team);
    const [chosen] = members
      .filter(({ botId }) => row.candidates.includes(botId))
      .filter(({ isUp, working }) => isUp && working < team.limits.tasksPerMember)
      .toSorted(byLoad);
    const then = chosen
      ? {
          isAssigned: true,
          attempt: row.attempt + 1,
          toBotId: chosen.botId,
          toName: chosen.name,
          version: row.version + 1,
        }
      : { dueAt: inSeconds(waitSeconds) };
    const written = await tx
      .updateTable('delegation')
      .set(then)
      .where('id', '=', row.id)
      .where('version', '=', row.version)
      .where('state', '=', 'approved')
      .returningAll()
      .executeTakeFirst();
    return chosen && written;
  });
}
