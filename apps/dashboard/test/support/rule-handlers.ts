import type { RuleQuestion, RuleSet, RuleVerdict, TeamRule } from '@clawster/contract/team-rule';
import { ago } from './fleet.ts';
import { pageOf } from './layer-handlers.ts';
import { Refused } from './refused.ts';
import { teamOf } from './team-handlers.ts';
import type { Handler, World } from './world.ts';

type OfTeam = { teamId: string };
type NewRules = OfTeam & { baseVersion: number; rules: TeamRule[]; note: string };

/** Rules as a server keeps them; of a question only names, capability and text are looked at. */
export const ruleHandlers: Record<string, Handler> = {
  'teamRules.get': (world, { teamId, version }: OfTeam & { version?: number }) => {
    const all = versionsOf(world, teamId);
    const one = version === undefined ? all[0] : all.find((set) => set.version === version);
    if (!one) throw new Refused('not-found', 'There is no such version of the rules');
    return one;
  },
  'teamRules.versions': (world, { teamId, ...page }: OfTeam & { limit: number }) =>
    pageOf(
      versionsOf(world, teamId).map(({ rules, ...set }) => ({ ...set, count: rules.length })),
      page,
    ),
  'teamRules.set': (world, { teamId, baseVersion, rules, note }: NewRules) => {
    const all = versionsOf(world, teamId);
    const version = all[0]?.version ?? 0;
    if (version !== baseVersion)
      throw new Refused('conflict', `${all[0]?.author} changed the rules meanwhile: look at version ${version} first`);
    const set = { teamId, version: version + 1, rules, note, author: world.ownName, at: ago(0) };
    all.unshift(set);
    teamOf(world, teamId).rulesVersion = set.version;
    return set;
  },
  'teamRules.test': (world, input: OfTeam & { question: RuleQuestion; rules?: TeamRule[] }) =>
    verdictOf(world, input, input.rules ?? versionsOf(world, input.teamId)[0]?.rules ?? []),
  'teamRules.replay': ({ teaming }) =>
    teaming.replay ?? { from: ago(7 * 86_400), to: ago(0), looked: 0, more: 0, same: 0, changed: [] },
};

function versionsOf(world: World, teamId: string): RuleSet[] {
  teamOf(world, teamId);
  return world.teaming.rules.get(teamId) ?? [];
}

function verdictOf(
  world: World,
  { teamId, question }: OfTeam & { question: RuleQuestion },
  rules: TeamRule[],
): RuleVerdict {
  const { members } = teamOf(world, teamId);
  const passed: RuleVerdict['passed'] = [];
  const to = members.find(
    ({ botId, capabilities }) =>
      botId === question.toBotId || (question.capability !== undefined && capabilities.includes(question.capability)),
  );
  const asking = members.find(({ botId }) => botId === question.fromBotId);
  const from = asking ? [asking.botName, asking.isLead ? '@lead' : '@member'] : ['@person'];
  for (const rule of rules) {
    const why = whyNotFit(rule, question, { from, to: to?.botName });
    if (why) {
      passed.push({ ruleId: rule.id, ruleName: rule.name, why });
      continue;
    }
    const { action } = rule;
    const said = { allow: `${rule.name} lets it through`, hold: `${rule.name} holds it for a person`, refuse: '' };
    return {
      decision: action.do,
      ruleId: rule.id,
      ruleName: rule.name,
      why: action.do === 'refuse' ? action.reason : said[action.do],
      ...(to && action.do !== 'refuse' ? { toBotId: to.botId, toBotName: to.botName } : {}),
      passed,
    };
  }
  return { decision: 'refuse', why: 'No rule lets it through, and what no rule allows is refused', passed };
}

type Who = { from: string[]; to: string | undefined };

function whyNotFit({ enabled, when }: TeamRule, question: RuleQuestion, { from, to }: Who): string | undefined {
  const text = question.text.toLowerCase();
  const demands: [string, boolean][] = [
    ['It is turned off', enabled],
    ['Somebody else asks', !when.from || when.from.some((wanted) => from.includes(wanted))],
    ['Somebody else is asked', !when.to || when.to.some((wanted) => wanted === to)],
    ['It is for another capability', !when.capability || when.capability.includes(question.capability ?? '')],
    [
      'None of its phrases is in the text',
      when.text?.contains?.some((one) => text.includes(one.toLowerCase())) ?? true,
    ],
  ];
  return demands.find(([, fits]) => !fits)?.[0];
}
