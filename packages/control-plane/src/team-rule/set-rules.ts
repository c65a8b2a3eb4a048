import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { lockTeam } from '../delegation/lock-team.ts';
import { askedTeam } from '../delegation/team.queries.ts';
import { readRuleSet } from './get-rules.ts';
import { writeRules } from './write-rules.ts';

/** Replaces the rules of a team, unless somebody else has changed them since; what is under way stays as it was decided. */
export const setRules = command(api.teamRules.set, async (context, { teamId, baseVersion, rules, note }) => {
  const { tx, caller } = context;
  await lockTeam(tx, teamId);
  const team = await askedTeam(tx, teamId);
  if (team.rulesVersion !== baseVersion)
    throw new Refusal(
      'conflict',
      `Somebody has changed the rules since: they are at version ${team.rulesVersion}. Look at them and change those`,
    );
  await writeRules(context, { workspaceId: caller.workspaceId, team, rules, note, author: caller.name });
  return readRuleSet(tx, teamId);
});
