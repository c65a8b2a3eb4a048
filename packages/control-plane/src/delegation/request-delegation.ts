import { randomUUID } from 'node:crypto';
import { type RuleShare, RuleShare as RuleShareSchema } from '@clawster/contract/team-rule';
import type { DelegationState } from '@clawster/contract/delegation';
import { stepAfter } from '@clawster/domain/delegation/step';
import type { Judgement } from '@clawster/domain/delegation/judge';
import { sql } from 'kysely';
import { openItem } from '../inbox/open-item.ts';
import type { AskContext, DelegationAsk, Requested } from './ask.ts';
import { findSameAsk } from './delegation.queries.ts';
import { hashOf, heldItem, type Shared } from './held-item.ts';
import { type Judging, judgeAsk } from './judge-ask.ts';
import { lockTeam } from './lock-team.ts';
import type { DelegationRow } from './over.ts';
import { sendDelegation } from './send-delegation.ts';
import { sharedContext } from './share-context.ts';

/** So long whoever asked has to send it, before the loop does. */
const ownSendSeconds = 2;

/** Asks for something in a team, in the transaction that is under way: the team's limits and rules decide at once, and what they let through is given to whoever is least busy. */
export async function requestDelegation(context: AskContext, ask: DelegationAsk): Promise<Requested> {
  const { tx } = context;
  await lockTeam(tx, ask.team.id);
  const known = ask.askKey === undefined ? undefined : await findSameAsk(tx, ask.team.id, ask.askKey);
  if (known) return { ...known, state: known.state as DelegationState, isNew: false };
  const judging = await judgeAsk(tx, ask);
  const shared = await sharedOf(context, ask, judging.judgement);
  const row = await insert(context, ask, { ...judging, shared });
  await tellOf(context, row, ask);
  if (row.isAssigned) context.later?.(() => sendDelegation(context.plane, row));
  return { id: row.id, state: row.state as DelegationState, reason: row.reason, isNew: true };
}

const happenings = { allow: 'approve', hold: 'hold', refuse: 'refuse' } as const;
const decidedState = (decision: Judgement['decision']) =>
  stepAfter({ state: 'requested', attempt: 0, attemptsMax: 1 }, { kind: happenings[decision] }) ?? 'refused';

function shareOf({ rule }: Judgement): RuleShare {
  return rule && rule.action.do !== 'refuse' ? rule.action.share : RuleShareSchema.parse({});
}

async function sharedOf({ tx }: AskContext, ask: DelegationAsk, judgement: Judgement): Promise<Shared[]> {
  if (judgement.decision === 'refuse') return [];
  return sharedContext(tx, {
    teamId: ask.team.id,
    leadId: ask.team.leadId,
    share: shareOf(judgement),
    keys: ask.contextKeys,
    candidateIds: judgement.candidates.map(({ botId }) => botId),
  });
}

type Made = Judging & { shared: Shared[] };

async function insert(context: AskContext, ask: DelegationAsk, made: Made): Promise<DelegationRow> {
  const id = randomUUID();
  const said = saidOf(id, ask, made);
  return context.tx
    .insertInto('delegation')
    .values({
      ...said,
      ...decidedOf(ask, made, context.later !== undefined),
      askKey: ask.askKey ?? id,
      taskId: ask.taskId ?? null,
      goalId: ask.goalId ?? ask.parent?.goalId ?? null,
      parentId: ask.parent?.id ?? null,
      rootId: ask.parent?.rootId ?? id,
      hops: made.hops,
      taskType: ask.taskType ?? null,
      origin: sql`${JSON.stringify(ask.origin)}::jsonb`,
      shared: sql`${JSON.stringify(made.shared)}::jsonb`,
      share: sql`${JSON.stringify(shareOf(made.judgement))}::jsonb`,
      rulesVersion: ask.team.rulesVersion,
      contentHash: hashOf({ ...said, shared: made.shared }),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** What is said of it, by whom and to whom. */
function saidOf(id: string, ask: DelegationAsk, { judgement, members, shared, thread }: Made) {
  const { from } = ask;
  const { wanted, candidates } = judgement;
  const to = 'botId' in wanted ? wanted.botId : undefined;
  const isThread = shareOf(judgement).down === 'thread' && thread.length > 0;
  return {
    id,
    workspaceId: ask.workspaceId,
    teamId: ask.team.id,
    traceId: ask.traceId,
    fromKind: from.kind,
    fromBotId: from.kind === 'person' ? null : (from.botId ?? null),
    fromSession: from.kind === 'person' ? null : (from.session ?? null),
    fromName: from.name,
    toBotId: to ?? null,
    toName: members.find(({ botId }) => botId === to)?.name ?? null,
    candidates: candidates.map(({ botId }) => botId),
    capability: 'capability' in wanted ? wanted.capability : (ask.capability ?? null),
    title: ask.title,
    text: isThread ? `${ask.text}\n\nWhat it comes of:\n${thread.join('\n—\n')}`.slice(0, textMax) : ask.text,
    rights: judgement.rights,
    untrusted: ask.origin.untrusted || shared.some((entry) => entry.untrusted),
  };
}
/** As much as a bot is told at once. */
const textMax = 60_000;

/** What was decided, and when somebody looks at it next. */
function decidedOf(ask: DelegationAsk, { judgement, members }: Made, sends: boolean) {
  const { decision, why, rule, candidates } = judgement;
  const action = rule && rule.action.do !== 'refuse' ? rule.action : undefined;
  const minutes = Math.min(ask.minutes ?? Infinity, action?.limit?.minutes ?? Infinity, ask.team.limits.taskMinutes);
  const [first] = candidates;
  const isAssigned = decision === 'allow' && first !== undefined && first.isUp && hasRoom(ask, first);
  const lookSeconds = decision === 'hold' && action && 'minutes' in action ? action.minutes * 60 : 0;
  const isOver = decision === 'refuse';
  return {
    state: decidedState(decision),
    reason: why,
    ruleId: rule?.id ?? null,
    attemptsMax: action?.attempts ?? 2,
    usdMax: action?.limit?.usd ?? null,
    deadlineAt: sql<Date>`now() + make_interval(mins => ${minutes})`,
    ...(isOver ? { endedAt: sql<Date>`now()`, takenAt: sql<Date>`now()` } : {}),
    dueAt: isOver
      ? null
      : sql<Date>`now() + make_interval(secs => ${isAssigned && sends ? ownSendSeconds : lookSeconds})`,
    ...(isAssigned
      ? {
          isAssigned,
          attempt: 1,
          toBotId: first.botId,
          toName: members.find(({ botId }) => botId === first.botId)?.name ?? first.name,
        }
      : {}),
  };
}

function hasRoom({ team }: DelegationAsk, { working }: { working: number }): boolean {
  return working < team.limits.tasksPerMember;
}

async function tellOf(context: AskContext, row: DelegationRow, ask: DelegationAsk): Promise<void> {
  const { id, state, reason, teamId, fromName, toName, capability, ruleId, rulesVersion } = row;
  const subject = { subjectId: id, subjectName: row.title };
  await context.recordAll([
    {
      ...subject,
      type: 'delegation-requested',
      detail: { teamId, from: fromName, to: toName ?? capability, hops: row.hops, untrusted: row.untrusted },
    },
    {
      ...subject,
      type: 'delegation-phase-changed',
      detail: {
        teamId,
        from: 'requested',
        to: state,
        why: reason,
        by: ruleId ? `rule ${ruleId}` : 'team',
        rulesVersion,
      },
    },
  ]);
  if (state !== 'held') return;
  const personId = ask.from.kind === 'person' ? ask.from.personId : ask.origin.personId;
  await openItem(context, {
    ...heldItem(row),
    workspaceId: row.workspaceId,
    subjectId: id,
    decisions: ['approve', 'always', 'refuse'],
    teamId,
    traceId: row.traceId,
    ...(row.fromBotId ? { botId: row.fromBotId } : {}),
    ...(personId ? { askedBy: personId } : {}),
    ...(row.dueAt ? { expiresAt: row.dueAt } : {}),
  });
}
