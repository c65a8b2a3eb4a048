import type { Manifest } from '@clawster/contract/manifest';
import { CreateTeam } from '@clawster/contract/team';
import type { PlannedStep } from '@clawster/domain/manifest/plan';
import type { CommandContext } from '../command.ts';
import { makeTeam } from '../team/create-team.ts';
import { removeTeam } from '../team/delete-team.ts';
import { takeMember } from '../team/remove-member.ts';
import { placeMember } from '../team/set-member.ts';
import { getTeam } from '../team/team.queries.ts';
import { changeTeam } from '../team/update-team.ts';
import { writeRules } from '../team-rule/write-rules.ts';
import { idOf } from './id-of.ts';

type TeamManifest = Extract<Manifest, { kind: 'Team' }>;

/** Makes, changes or disbands one team. */
export async function carryOutTeam(context: CommandContext, step: PlannedStep): Promise<void> {
  if (step.wanted?.kind !== 'Team') {
    await removeTeam(context, { teamId: await idOf(context, 'team', step.name) });
    return;
  }
  const differs = (what: RegExp) => step.changes.some(({ path }) => what.test(path));
  const teamId =
    step.do === 'create'
      ? await create(context, step.wanted)
      : await update(context, { wanted: step.wanted, members: differs(/^(lead|members)/) });
  if (step.wanted.rules && differs(/^rules/)) await setRules(context, teamId, step.wanted.rules);
}

async function create(context: CommandContext, wanted: TeamManifest): Promise<string> {
  const { lead, members } = await placesOf(context, wanted);
  const { mayDelegate: _, ...leading } = lead;
  const { id } = await makeTeam(
    context,
    CreateTeam.parse({ name: wanted.name, ...settingsOf(wanted), lead: leading, members }),
  );
  return id;
}

type Update = { wanted: TeamManifest; members: boolean };

/** Who comes, comes first: only one who is in the team can lead it, and one who leads it cannot leave. */
async function update(context: CommandContext, { wanted, members: isOther }: Update): Promise<string> {
  const teamId = await idOf(context, 'team', wanted.name);
  const { lead, members } = await placesOf(context, wanted);
  if (isOther) for (const place of [lead, ...members]) await placeMember(context, { teamId, ...place });
  await changeTeam(context, { teamId, ...settingsOf(wanted), leadId: lead.botId });
  if (!isOther || !wanted.members) return teamId;
  const stay = new Set([lead, ...members].map(({ botId }) => botId));
  for (const { botId } of (await getTeam(context.tx, teamId)).members)
    if (!stay.has(botId)) await takeMember(context, { teamId, botId });
  return teamId;
}

function settingsOf({ charter, limits, channelRights, approvalsByAnother }: TeamManifest) {
  return { charter, limits, channelRights, approvalsByAnother };
}

async function placesOf(context: CommandContext, { lead, members = [] }: TeamManifest) {
  const placed = async ({ bot, ...place }: TeamManifest['lead']) => ({
    ...place,
    botId: await idOf(context, 'bot', bot),
    mayDelegate: true,
  });
  return {
    lead: await placed(lead),
    members: await Promise.all(
      members.map(async ({ mayDelegate, ...place }) => ({ ...(await placed(place)), mayDelegate })),
    ),
  };
}

async function setRules(context: CommandContext, teamId: string, rules: NonNullable<TeamManifest['rules']>) {
  const { rulesVersion } = await getTeam(context.tx, teamId);
  await writeRules(context, {
    workspaceId: context.caller.workspaceId,
    team: { id: teamId, rulesVersion },
    rules,
    note: 'From files',
    author: context.caller.name,
  });
}
