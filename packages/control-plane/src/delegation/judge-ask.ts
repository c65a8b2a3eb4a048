import type { TeamRule } from '@clawster/contract/team-rule';
import type { Candidate, Wanted } from '@clawster/domain/delegation/candidates';
import { judge, type Judgement, type Judged } from '@clawster/domain/delegation/judge';
import { databaseNow } from '../database-now.ts';
import type { Tx } from '../transaction.ts';
import type { DelegationAsk } from './ask.ts';
import { costOfTrace, countOfRule, countOpen, readChain } from './delegation.queries.ts';
import { readMembers, readRules } from './team.queries.ts';

export type Judging = { judgement: Judgement; members: Candidate[]; hops: number; thread: string[] };

/** What the team's limits and rules make of what is asked now. Whoever calls holds the team's lock. */
export async function judgeAsk(tx: Tx, ask: DelegationAsk, otherRules?: readonly TeamRule[]): Promise<Judging> {
  const { team, from, parent } = ask;
  const fromBotId = from.kind === 'person' ? undefined : from.botId;
  const fromSession = from.kind === 'person' ? undefined : from.session;
  // Together: none waits for another.
  const [members, rules, open, above, at] = await Promise.all([
    readMembers(tx, team),
    otherRules ?? readRules(tx, team),
    countOpen(tx, team.id, { parentId: parent?.id, fromBotId, fromSession }),
    parent ? readChain(tx, parent.id) : { botIds: [], texts: [] },
    databaseNow(tx),
  ]);
  const hops = hopsOf(ask);
  const spentUsd = needsCost(team.limits.usdPerOrigin, rules) ? await costOfTrace(tx, team.id, ask.traceId) : 0;
  const judged: Judged = {
    wanted: wantedOf(ask),
    facts: {
      from: whoAsks(ask, members),
      text: `${ask.title}\n${ask.text}`,
      channel: ask.origin.channel ?? ask.origin.kind,
      untrusted: ask.origin.untrusted,
      at,
      ...(ask.taskType === undefined ? {} : { taskType: ask.taskType }),
    },
    rights: ask.origin.rights,
    // Clawster asks the lead itself to plan.
    fromBotId: ask.skipRules ? undefined : fromBotId,
    chain: above.botIds,
    members,
    counts: { hops, spentUsd, ...open },
    limits: team.limits,
    ...(ask.skipRules ? {} : { rules }),
  };
  const judgement = judge(judged);
  return { judgement: await withinRule(tx, ask, judgement), members, hops, thread: above.texts };
}

/** How often it was passed on: from a person to a bot it was not yet. */
function hopsOf({ parent, from }: DelegationAsk): number {
  if (parent) return parent.hops + 1;
  return from.kind === 'bot' ? 1 : 0;
}

function wantedOf({ to, capability }: DelegationAsk): Wanted {
  return to === undefined ? { capability: capability ?? '' } : { botId: to };
}

/** In a goal's name the lead asks. */
function whoAsks({ from, team }: DelegationAsk, members: readonly Candidate[]) {
  if (from.kind === 'person') return { name: from.name, is: 'person' as const };
  const botId = from.botId ?? team.leadId;
  const name = members.find((member) => member.botId === botId)?.name ?? from.name;
  return { name, is: botId === team.leadId ? ('lead' as const) : ('member' as const) };
}

function needsCost(usdPerOrigin: number | null, rules: readonly TeamRule[]): boolean {
  return usdPerOrigin !== null || rules.some(({ when }) => when.costAboveUsd !== undefined);
}

/** A rule may let only so many through. */
async function withinRule(tx: Tx, { team }: DelegationAsk, judgement: Judgement): Promise<Judgement> {
  const { rule } = judgement;
  if (!rule || rule.action.do === 'refuse' || !rule.action.limit) return judgement;
  const { perHour, open } = rule.action.limit;
  if (perHour === undefined && open === undefined) return judgement;
  const counts = await countOfRule(tx, team.id, rule.id);
  const refused = (why: string): Judgement => ({ ...judgement, decision: 'refuse', why, candidates: [] });
  if (perHour !== undefined && counts.inHour >= perHour)
    return refused(`“${rule.name}” lets ${perHour} through in an hour, which there were: wait`);
  if (open !== undefined && counts.open >= open)
    return refused(`“${rule.name}” lets ${open} be open at once, which there are: wait for one of them`);
  return judgement;
}
