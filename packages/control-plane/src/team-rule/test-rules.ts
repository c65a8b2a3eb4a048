import { api } from '@clawster/contract/api';
import type { RuleQuestion, RuleVerdict } from '@clawster/contract/team-rule';
import type { TeamRule } from '@clawster/contract/team-rule';
import { judge } from '@clawster/domain/delegation/judge';
import { allRights } from '@clawster/domain/delegation/rights';
import { Refusal } from '@clawster/domain/refusal';
import { getTeam, readMembers, readRules } from '../delegation/team.queries.ts';
import { databaseNow } from '../database-now.ts';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { refuseWrong } from './write-rules.ts';

/** What would happen if: nothing is asked of anybody. */
export const testRules = query(api.teamRules.test, async ({ tx }, { teamId, question, rules }) => {
  if (rules) refuseWrong(rules);
  return verdictOn(tx, { teamId, question, rules });
});

type Asked = { teamId: string; question: RuleQuestion; rules?: readonly TeamRule[] | undefined };

async function verdictOn(tx: Tx, { teamId, question, rules }: Asked): Promise<RuleVerdict> {
  const team = await getTeam(tx, teamId);
  const members = await readMembers(tx, team);
  const { fromBotId, toBotId, capability, hops, costUsd } = question;
  if ((toBotId === undefined) === (capability === undefined))
    throw new Refusal('invalid', 'Name a bot, or a capability: one of the two');
  const from = members.find(({ botId }) => botId === fromBotId);
  if (fromBotId && !from) throw Refusal.at('question.fromBotId', 'not-found', 'There is no such bot in the team');
  const role = from?.isLead ? ('lead' as const) : ('member' as const);
  const judgement = judge({
    wanted: toBotId === undefined ? { capability: capability ?? '' } : { botId: toBotId },
    facts: {
      from: from ? { name: from.name, is: role } : { name: 'A person', is: 'person' },
      text: question.text,
      channel: question.channel ?? 'clawster',
      untrusted: question.untrusted,
      at: question.at ? new Date(question.at) : await databaseNow(tx),
      ...(question.taskType === undefined ? {} : { taskType: question.taskType }),
    },
    rights:
      question.channel === undefined || question.channel === 'goal' ? allRights : rightsAt(team, question.channel),
    fromBotId,
    chain: [],
    members,
    counts: { hops, openOfTeam: 0, openOfAsker: 0, spentUsd: costUsd },
    limits: team.limits,
    rules: rules ?? (await readRules(tx, team)),
  });
  const { decision, why, passed, rule, candidates, rights } = judgement;
  const [to] = candidates;
  return {
    decision,
    why,
    passed,
    ...(rule ? { ruleId: rule.id, ruleName: rule.name } : {}),
    ...(to ? { toBotId: to.botId, toBotName: to.name } : {}),
    ...(decision === 'refuse' ? {} : { rights }),
  };
}

/** In a chat here a person who may direct the team asks; on channels it is people whom nobody here knows. */
function rightsAt({ channelRights }: { channelRights: typeof allRights }, channel: string) {
  return channel === 'clawster' ? allRights : channelRights;
}
