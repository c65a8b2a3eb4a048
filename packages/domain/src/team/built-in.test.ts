import { Charter, TeamTemplate } from '@clawster/contract/team';
import { TeamRules } from '@clawster/contract/team-rule';
import { expect, test } from 'vitest';
import { builtInTemplate } from '../template/built-in.ts';
import { fillTemplate } from '../template/fill.ts';
import { builtInTeams, fillTeam, toTeamTemplate } from './built-in.ts';

test.each(builtInTeams)('$name can be made of built-in templates, with all that they ask for answered', (team) => {
  const filled = fillTeam(team, { company: 'Acme' });
  expect(filled.issues).toEqual([]);
  expect(Charter.parse(filled.charter)).toContain('Acme');
  expect(JSON.stringify(filled)).not.toContain('{{');
  for (const [at, { template }] of team.roles.entries()) {
    const content = builtInTemplate(template)?.content;
    expect(content && fillTemplate(content, filled.roles[at]?.variables ?? {}).issues, template).toEqual([]);
  }
});

test.each(builtInTeams)('$name has rules and a description that the API takes', (team) => {
  expect(TeamRules.parse(team.rules)).toEqual(team.rules);
  const shown = TeamTemplate.parse(toTeamTemplate(team));
  expect(shown.members.filter(({ isLead }) => isLead)).toHaveLength(1);
});

test('a team is not made without what it must know', () => {
  expect(builtInTeams.flatMap((team) => fillTeam(team, {}).issues)[0]?.path).toBe('variables.company');
});
