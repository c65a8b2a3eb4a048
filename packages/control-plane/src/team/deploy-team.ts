import { api } from '@clawster/contract/api';
import { CreateBot } from '@clawster/contract/bot';
import { CreateTeam, type DeployTeam } from '@clawster/contract/team';
import { type BuiltInTeam, builtInTeam, fillTeam } from '@clawster/domain/team/built-in';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { makeBot } from '../bot/create-bot.ts';
import { command, type CommandContext } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { writeRules } from '../team-rule/write-rules.ts';
import { nameTaken } from '../unless-name-taken.ts';
import { makeTeam } from './create-team.ts';
import { getTeam } from './team.queries.ts';

/** Makes a team of a template with all its bots, rules and limits, in one transaction: all of it or nothing. */
export const deployTeam = command(api.teams.deploy, async (context, input) => {
  const { tx, caller } = context;
  if (!caller.permissions.has('bot:create'))
    throw new Refusal('forbidden', 'To make a team with its bots takes the permission bot:create');
  const template = builtInTeam(input.template);
  if (!template) throw Refusal.at('template', 'not-found', 'There is no such team template: choose among those listed');
  const { charter, roles, issues } = fillTeam(template, input.variables);
  if (issues[0]) throw new Refusal('invalid', issues[0].message, { issues });
  await lockLayers(tx, caller.workspaceId, 'change');
  const names = namesOf(template, input.botNames);
  await refuseTaken(context, input.name, names);
  const ids: string[] = [];
  for (const [at, role] of template.roles.entries())
    ids.push(
      (
        await makeBot(
          context,
          CreateBot.parse({
            name: names.get(role.key),
            connectorId: input.connectorId,
            model: input.model,
            targetId: input.targetId,
            template: { id: role.template, variables: roles[at]?.variables },
          }),
        )
      ).id,
    );
  const [lead, ...members] = template.roles.map(({ title, capabilities, mayDelegate }, at) => ({
    botId: ids[at],
    title,
    capabilities,
    mayDelegate,
  }));
  const { mayDelegate: _, ...leading } = lead ?? { mayDelegate: true };
  const { id } = await makeTeam(
    context,
    CreateTeam.parse({ name: input.name, charter, lead: leading, members, limits: template.limits }),
  );
  await writeRules(context, {
    workspaceId: caller.workspaceId,
    team: { id, rulesVersion: 0 },
    rules: [...template.rules],
    note: `Of ${template.name}`,
    author: caller.name,
  });
  return getTeam(tx, id);
});

function namesOf({ roles }: BuiltInTeam, chosen: DeployTeam['botNames']): Map<string, string> {
  const unknown = Object.keys(chosen).find((key) => !roles.some((role) => role.key === key));
  if (unknown)
    throw Refusal.at(
      `botNames.${unknown}`,
      'invalid',
      `The template has no bot "${unknown}": it has ${roles.map(({ key }) => key).join(', ')}`,
    );
  return new Map(roles.map(({ key, botName }) => [key, chosen[key] ?? botName]));
}

/** All that are taken are told at once, before anything is made. */
async function refuseTaken({ tx, caller }: CommandContext, name: string, names: Map<string, string>): Promise<void> {
  const { workspaceId } = caller;
  const wanted = [...names.values()].map((one) => one.toLowerCase());
  if (new Set(wanted).size < wanted.length)
    throw Refusal.at('botNames', 'invalid', 'Two bots would have the same name: choose another for one of them');
  const team = await tx
    .selectFrom('team')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('deletedAt', 'is', null)
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .executeTakeFirst();
  if (team) throw nameTaken('team', name);
  const bots = await tx
    .selectFrom('bot')
    .select(sql<string>`lower(name)`.as('name'))
    .where('workspaceId', '=', workspaceId)
    .where('removedAt', 'is', null)
    .where(sql<boolean>`lower(name) = any(${wanted}::text[])`)
    .execute();
  const taken = new Set(bots.map((bot) => bot.name));
  const issues = [...names]
    .filter(([, one]) => taken.has(one.toLowerCase()))
    .map(([key, one]) => ({ path: `botNames.${key}`, message: `There is a bot named ${one} already` }));
  if (issues.length > 0)
    throw new Refusal(
      'conflict',
      `${issues.map(({ message }) => message).join('. ')}: choose other names. Nothing was made`,
      { issues },
    );
}
