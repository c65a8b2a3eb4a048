import type { TeamMember } from '@clawster/contract/team';
import type { RuleQuestion, RuleSet, RuleVerdict, TeamRule } from '@clawster/contract/team-rule';
import { decide } from '@clawster/domain/team-rule/decide';
import { ago } from './fleet.ts';
import { pageOf } from './layer-handlers.ts';
import { Refused } from './refused.ts';
import { teamOf } from './team-handlers.ts';
import type { Handler, World } from './world.ts';

type OfTeam = { teamId: string };
type NewRules = OfTeam & { baseVersion: number; rules: TeamRule[]; note: string };

/** Rules as a server keeps them; questions are answered by the rules of the product. */
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
  'teamRules.test': (world, { teamId, question, rules }: OfTeam & { question: RuleQuestion; rules?: TeamRule[] }) =>
    verdictOf(world, { teamId, question }, rules ?? versionsOf(world, teamId)[0]?.rules ?? []),
  'teamRules.replay': ({ teaming }) =>
    teaming.replay ?? { from: ago(7 * 86_400), to: ago(0), looked: 0, more: 0, same: 0, changed: [] },
};

function versionsOf(world: World, teamId: string): RuleSet[] {
  teamOf(world, teamId);
  return world.teaming.rules.get(teamId) ?? [];
}

type Asked = OfTeam & { question: RuleQuestion };

/** By the rules of the product, as a server goes by them; limits aside. */
function verdictOf(world: World, { teamId, question }: Asked, rules: readonly TeamRule[]): RuleVerdict {
  const { members } = teamOf(world, teamId);
  const who = ({ botName, isLead }: TeamMember) => ({
    name: botName,
    is: isLead ? ('lead' as const) : ('member' as const),
  });
  const asking = members.find(({ botId }) => botId === question.fromBotId);
  const to = members.find(
    ({ botId, capabilities }) =>
      botId === question.toBotId || (question.capability !== undefined && capabilities.includes(question.capability)),
  );
  const { decision, rule, why, passed } = decide(rules, {
    ...question,
    from: asking ? who(asking) : { name: world.ownName, is: 'person' },
    ...(to ? { to: who(to) } : {}),
    channel: question.channel ?? 'clawster',
    at: new Date(question.at ?? Date.now()),
  });
  return {
    decision,
    ...(rule ? { ruleId: rule.id, ruleName: rule.name } : {}),
    why,
    ...(to && decision !== 'refuse' ? { toBotId: to.botId, toBotName: to.botName } : {}),
    passed,
  };
}
