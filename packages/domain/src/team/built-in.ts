import type { TeamLimits, TeamTemplate } from '@clawster/contract/team';
import type { TeamRule } from '@clawster/contract/team-rule';
import type { TemplateVariable, VariableValues } from '@clawster/contract/template';
import { fillTemplate } from '../template/fill.ts';
import type { SettingIssue } from '../config/settable.ts';
import { onePersonCompany } from './built-in/one-person-company.ts';

/** A bot of a team that can be made in one go. */
export type TeamRole = {
  /** Its name within the template. */
  key: string;
  /** What the bot is called unless another name is chosen. */
  botName: string;
  title: string;
  summary: string;
  /** The built-in template of the bot, and what is answered of it; `{{…}}` is what was answered for the team. */
  template: string;
  variables: Record<string, string>;
  capabilities: string[];
  mayDelegate: boolean;
};

/** A team that comes with Clawster: the first of its roles leads. */
export type BuiltInTeam = {
  id: string;
  name: string;
  summary: string;
  charter: string;
  variables: TemplateVariable[];
  roles: [TeamRole, ...TeamRole[]];
  rules: TeamRule[];
  limits: TeamLimits;
};

/** Teams that can be made in one go. */
export const builtInTeams: readonly BuiltInTeam[] = [onePersonCompany];

/** The built-in team of this id, or undefined when there is none. */
export function builtInTeam(id: string): BuiltInTeam | undefined {
  return builtInTeams.find((team) => team.id === id);
}

/** What is answered for a team, put into its charter and into what its bots' templates ask. Where there are issues, it is not to be used. */
export function fillTeam(
  { variables, charter, roles }: BuiltInTeam,
  answers: VariableValues,
): { charter: string; roles: { key: string; variables: Record<string, string> }[]; issues: SettingIssue[] } {
  const asked = roles.map(({ key, variables: own }) => ({ key, variables: own }));
  const { settings, issues } = fillTemplate({ variables, settings: { charter, roles: asked }, locked: [] }, answers);
  const filled = settings as { charter: string; roles: typeof asked };
  return { ...filled, issues };
}

/** A built-in team as it is shown to whoever chooses one. */
export function toTeamTemplate({ id, name, summary, charter, variables, roles }: BuiltInTeam): TeamTemplate {
  return {
    id,
    name,
    summary,
    charter,
    variables: variables.map(({ name: variable, label, default: usual }) => ({
      name: variable,
      label,
      ...(usual === undefined ? {} : { default: String(usual) }),
    })),
    members: roles.map(({ key, botName, title, capabilities, summary: does }, at) => ({
      key,
      botName,
      title,
      isLead: at === 0,
      capabilities,
      summary: does,
    })),
  };
}
