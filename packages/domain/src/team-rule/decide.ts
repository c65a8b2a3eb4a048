import type { TeamRule } from '@clawster/contract/team-rule';
import { type RuleFacts, whyNotFit } from './fits.ts';

export type Passed = { ruleId: string; ruleName: string; why: string };
/** What the rules say, by which of them, and what did not fit in those before it. */
export type Decided = {
  decision: 'allow' | 'hold' | 'refuse';
  /** Absent where none fits. */
  rule?: TeamRule;
  why: string;
  passed: Passed[];
};

/** The first rule that fits decides; where none does it is refused. */
export function decide(rules: readonly TeamRule[], facts: RuleFacts): Decided {
  const passed: Passed[] = [];
  for (const rule of rules) {
    const why = rule.enabled ? whyNotFit(rule.when, facts) : 'it is turned off';
    if (why === undefined) return { decision: rule.action.do, rule, why: sayWhy(rule), passed };
    passed.push({ ruleId: rule.id, ruleName: rule.name, why });
  }
  return { decision: 'refuse', why: 'No rule of the team lets this through', passed };
}

function sayWhy({ name, action }: TeamRule): string {
  if (action.do === 'refuse') return action.reason;
  if (action.do === 'hold') return action.reason || `A person approves it first (“${name}”)`;
  return `Let through by “${name}”`;
}
