import { asLine } from '@clawster/contract/line';
import { RuleAction, type TeamRule } from '@clawster/contract/team-rule';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { given } from '../given.ts';
import { addRule } from '../team-rule/add-rule.ts';
import type { Settled, Settler } from '../inbox/settlers.ts';
import { getLockedDelegation } from './delegation.queries.ts';
import { hashOf, sayAsker } from './held-item.ts';
import type { DelegationRow } from './delegation-row.ts';
import { stepDelegation } from './step-delegation.ts';
import { readRules } from './team.queries.ts';
import type { Tx } from '../transaction.ts';

const happenings = { approved: 'approve', refused: 'refuse', answered: 'refuse', expired: 'expire' } as const;

/** Carries out what was decided about a delegation that is held: an approval is of exactly what was looked at, and of nothing else. */
export const settleHeld: Settler = async (context, settled) => {
  const row = await getLockedDelegation(context.tx, settled.subjectId ?? '');
  const isSame = settled.contentHash === row.contentHash && hashOf(row) === row.contentHash;
  if (settled.state === 'approved' && !isSame)
    throw new Refusal('conflict', 'What was asked has changed since: look at it anew');
  const kind = happenings[settled.state];
  const stepped = await stepDelegation(context, row, {
    happening: { kind },
    why: whyOf(settled),
    by: settled.state === 'expired' ? 'inbox' : settled.byName,
    // Its time begins when it does.
    set: kind === 'approve' ? { deadlineAt: sql<Date>`now() + (deadline_at - requested_at)` } : {},
  });
  if (!stepped) throw new Refusal('conflict', `This is ${row.state} already`);
  if (settled.state === 'approved' && settled.isAlways)
    await addRule(context, { row, rule: ruleFor(row, await heldBy(context.tx, row)), by: settled });
};

function whyOf({ state, byName, reason }: Settled): string {
  if (state === 'expired') return 'Nobody decided in time';
  const said = reason ? `: ${reason}` : '';
  return state === 'approved' ? `${byName} approved it${said}` : `${byName} refused it${said}`;
}

/** A plan asks in the lead's place, under the goal's name: that is no bot's. */
function askedBy({ fromKind, fromName }: DelegationRow): TeamRule['when'] {
  if (fromKind === 'goal') return { from: ['@lead'], channel: ['goal'] };
  return { from: [fromKind === 'person' ? '@person' : fromName] };
}

/** What the rule that held it says of whatever it lets through: who does it, how much of it there may be, how often it is tried. */
async function heldBy(tx: Tx, { teamId: id, rulesVersion, ruleId }: DelegationRow) {
  const rules = await readRules(tx, { id, rulesVersion });
  const action = rules.find((rule) => rule.id === ruleId)?.action;
  if (!action || action.do === 'refuse') return {};
  const { rewriteTo, limit, attempts } = action;
  return given({ rewriteTo, limit, attempts });
}

/** Lets exactly the like through: from the same, to the same, of the same type, as often and for as much as before. */
function ruleFor(row: DelegationRow, before: Awaited<ReturnType<typeof heldBy>>): TeamRule {
  const to = row.toName && !row.capability ? { to: [row.toName] } : {};
  const whom = row.toName ?? row.capability ?? '';
  return {
    id: `always-${row.id.slice(0, 8)}`,
    name: asLine(`${sayAsker(row)} asks ${whom}`, 120),
    enabled: true,
    when: {
      ...askedBy(row),
      ...to,
      ...(row.capability ? { capability: [row.capability] } : {}),
      ...(row.taskType ? { taskType: [row.taskType] } : {}),
      // What people outside have a part in is approved as such, and nothing else with it.
      untrusted: row.untrusted,
    },
    action: RuleAction.parse({ ...before, do: 'allow', rights: row.rights, share: row.share }),
  };
}
