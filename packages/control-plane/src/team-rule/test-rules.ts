import { api } from '@clawster/contract/api';
import type { RuleQuestion, RuleVerdict } from '@clawster/contract/team-rule';
import type { TeamRule } from '@clawster/contract/team-rule';
import type { Rights } from '@clawster/contract/team';
import type { Candidate } from '@clawster/domain/delegation/candidates';
import { judge, type Judgement } from '@clawster/domain/delegation/judge';
import type { Who } from '@clawster/domain/team-rule/fits';
import { allRights } from '@clawster/domain/delegation/rights';
import { Refusal } from '@clawster/domain/refusal';
import { askedTeam, readMembers, readRules } from '../delegation/team.queries.ts';
import { databaseNow } from '../database-now.ts';
import { given } from '../given.ts';
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
  const team = await askedTeam(tx, teamId);
  const members = await readMembers(tx, team);
  const { fromBotId, toBotId, capability, hops, costUsd } = question;
  if ((toBotId === undefined) === (capability === undefined))
    throw new Refusal('invalid', 'Name a bot, or a capability: one of the two');
  const judgement = judge({
    wanted: toBotId === undefined ? { capability: capability ?? '' } : { botId: toBotId },
    facts: {
      from: whoAsks(members, fromBotId),
      text: question.text,
      channel: question.channel ?? 'clawster',
      untrusted: question.untrusted,
      at: question.at ? new Date(question.at) : await databaseNow(tx),
      ...given({ taskType: question.taskType }),
    },
    rights: rightsAt(team, question.channel),
    fromBotId,
    chain: [],
    members,
    counts: { hops, openOfTeam: 0, openOfAsker: 0, spentUsd: costUsd },
    limits: team.limits,
    rules: rules ?? (await readRules(tx, team)),
  });
  return verdictOf(judgement);
}

function verdictOf({ decision, why, passed, rule, candidates, rights }: Judgement): RuleVerdict {
  const [to] = candidates;
  const known = { ruleId: rule?.id, ruleName: rule?.name, toBotId: to?.botId, toBotName: to?.name };
  return { decision, why, passed, ...given(known), ...(decision === 'refuse' ? {} : { rights }) };
}

function whoAsks(members: readonly Candidate[], botId: string | undefined): Who {
  if (botId === undefined) return { name: 'A person', is: 'person' };
  const from = members.find((member) => member.botId === botId);
  if (!from) throw Refusal.at('question.fromBotId', 'not-found', 'There is no such bot in the team');
  return { name: from.name, is: from.isLead ? 'lead' : 'member' };
}

/** In a chat here, or by a goal, a person who may direct the team asks; on channels it is people whom nobody here knows. */
function rightsAt({ channelRights }: { channelRights: Rights }, channel = 'clawster'): Rights {
  return channel === 'clawster' || channel === 'goal' ? allRights : channelRights;
}
