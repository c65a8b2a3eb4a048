import type { Rights, TeamLimits } from '@clawster/contract/team';
import type { TeamRule } from '@clawster/contract/team-rule';
import { decide, type Decided, type Passed } from '../team-rule/decide.ts';
import type { RuleFacts } from '../team-rule/fits.ts';
import { type Candidate, candidatesFor, type Wanted, whyNobody } from './candidates.ts';
import { type Counts, whyBeyondLimits } from './limits.ts';
import { allRights, commonRights, noRights, whyBeyondRights } from './rights.ts';

/** All that decides about what is asked. */
export type Judged = {
  wanted: Wanted;
  facts: Omit<RuleFacts, 'to' | 'capability' | 'hops' | 'costUsd'>;
  /** Of whoever it comes from. */
  rights: Rights;
  fromBotId?: string | undefined;
  /** Bots that work at what it comes of, and so would wait for themselves. */
  chain: readonly string[];
  members: readonly Candidate[];
  counts: Counts;
  limits: TeamLimits;
  /** Absent: no rule is needed. */
  rules?: readonly TeamRule[];
};
export type Judgement = {
  decision: Decided['decision'];
  why: string;
  rule?: TeamRule;
  passed: Passed[];
  /** Who may do it, the least busy first; of those another rule decides about, none. */
  candidates: Candidate[];
  wanted: Wanted;
  rights: Rights;
};

/** Whether it may be asked, by whom it is done then, and with what rights: never more than those it comes with. */
export function judge(asked: Judged): Judgement {
  const { wanted, limits, counts } = asked;
  const beyond = whyBeyondLimits(limits, counts) ?? whyNotTo(asked, wanted);
  if (beyond) return refused(asked, beyond);
  const candidates = candidatesFor(wanted, asked.members, asked);
  if (!asked.rules)
    return { decision: 'allow', why: 'Clawster asks', passed: [], candidates, wanted, rights: asked.rights };
  const { decided, fitting } = bestOf(asked, asked.rules, candidates);
  const { rule, decision, why, passed } = decided;
  if (!rule || rule.action.do === 'refuse') return { ...refused(asked, why), passed, ...(rule ? { rule } : {}) };
  const through = { decision, why, rule, passed, rights: commonRights(asked.rights, rule.action.rights ?? allRights) };
  return redirected(asked, rule.action.rewriteTo, { ...through, wanted, candidates: fitting });
}

/** Somebody else does it, where the rule says so and whoever it comes from may ask them, too. */
function redirected(asked: Judged, to: Rewrite | undefined, judgement: Judgement): Judgement {
  if (!to) return judgement;
  const wanted = rewritten(to, asked.members);
  const why = whyNotTo(asked, wanted);
  const { passed, rule } = judgement;
  if (why) return { ...refused(asked, why), passed, ...(rule ? { rule } : {}) };
  return { ...judgement, wanted, candidates: candidatesFor(wanted, asked.members, asked) };
}
type Rewrite = { bot: string } | { capability: string };

function whyNotTo(asked: Judged, wanted: Wanted): string | undefined {
  const [one] = candidatesFor(wanted, asked.members, asked);
  if (!one) return whyNobody(wanted, asked.members, asked);
  return whyBeyondRights(asked.rights, {
    capability: 'capability' in wanted ? wanted.capability : undefined,
    toName: one.name,
    has: one.capabilities,
  });
}

/** Rules may speak of whoever does it: the first candidate that is let through decides, then the first that is held. */
function bestOf(
  { facts, counts, wanted }: Judged,
  rules: readonly TeamRule[],
  candidates: readonly Candidate[],
): { decided: Decided; fitting: Candidate[] } {
  const capability = 'capability' in wanted ? { capability: wanted.capability } : {};
  const each = candidates.map((candidate) => {
    const to = { name: candidate.name, is: candidate.isLead ? ('lead' as const) : ('member' as const) };
    const asked = { ...facts, ...capability, to, hops: counts.hops, costUsd: counts.spentUsd };
    return { candidate, decided: decide(rules, asked) };
  });
  const by = (decision: Decided['decision']) => each.find(({ decided }) => decided.decision === decision);
  const best = by('allow') ?? by('hold') ?? each[0];
  if (!best)
    return {
      decided: decide(rules, { ...facts, ...capability, hops: counts.hops, costUsd: counts.spentUsd }),
      fitting: [],
    };
  const fitting = each.filter(({ decided }) => decided.rule?.id === best.decided.rule?.id);
  return { decided: best.decided, fitting: fitting.map(({ candidate }) => candidate) };
}

function rewritten(to: Rewrite, members: readonly Candidate[]): Wanted {
  if ('capability' in to) return to;
  return { botId: members.find(({ name }) => name === to.bot)?.botId ?? '' };
}

function refused({ wanted }: Judged, why: string): Judgement {
  return { decision: 'refuse', why, passed: [], candidates: [], wanted, rights: noRights };
}
