import { randomUUID } from 'node:crypto';
import { type RuleShare, RuleShare as RuleShareSchema, type TeamRule } from '@clawster/contract/team-rule';
import type { DelegationState } from '@clawster/contract/delegation';
import { stepAfter } from '@clawster/domain/delegation/step';
import type { Judgement } from '@clawster/domain/delegation/judge';
import { sql } from 'kysely';
import { openItem } from '../inbox/open-item.ts';
import type { AskContext, AskedBy, DelegationAsk, Requested } from './ask.ts';
import { findSameAsk } from './delegation.queries.ts';
import { setterOfGoal } from '../goal/setter.ts';
import { hashOf, heldItem, type Shared } from './held-item.ts';
import { inSeconds } from './in-seconds.ts';
import { type Judging, judgeAsk } from './judge-ask.ts';
import { lockTeam } from './lock-team.ts';
import type { DelegationRow } from './delegation-row.ts';
import { sendDelegation } from './send-delegation.ts';
import { sharedContext } from './share-context.ts';

/** So long whoever asked has to send it, before the loop does. */
const ownSendSeconds = 2;
const headStartMs = 100;

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
  if (row.isAssigned) context.later?.(() => sendDelegation(context.plane, row, headStartMs));
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
    ...askerOf(from),
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

function askerOf(from: AskedBy) {
  const { botId = null, session = null } = from.kind === 'person' ? {} : from;
  return { fromKind: from.kind, fromBotId: botId, fromSession: session, fromName: from.name };
}

/** As much as a bot is told at once. */
const textMax = 60_000;

type Allowing = Exclude<TeamRule['action'], { do: 'refuse' }>;

/** What was decided, and when somebody looks at it next. */
function decidedOf(ask: DelegationAsk, { judgement }: Made, sends: boolean) {
  const { decision, why, rule } = judgement;
  const action = rule && rule.action.do !== 'refuse' ? rule.action : undefined;
  const isOver = decision === 'refuse';
  const assigned = assignmentOf(ask, judgement);
  const lookSeconds = assigned.isAssigned && sends ? ownSendSeconds : waitSecondsOf(decision, action);
  return {
    state: decidedState(decision),
    reason: why,
    ruleId: rule?.id ?? null,
    ...allowedBy(action),
    deadlineAt: inSeconds(minutesOf(ask, action) * 60),
    dueAt: isOver ? null : inSeconds(lookSeconds),
    ...(isOver ? { endedAt: inSeconds(0), takenAt: inSeconds(0) } : {}),
    ...assigned,
  };
}

function allowedBy(action: Allowing | undefined) {
  return { attemptsMax: action?.attempts ?? attemptsUsual, usdMax: action?.limit?.usd ?? null };
}
const attemptsUsual = 2;

/** As long as whoever asks gives it, its rule and the team allow. */
function minutesOf({ minutes = Infinity, team }: DelegationAsk, action: Allowing | undefined): number {
  return Math.min(minutes, action?.limit?.minutes ?? Infinity, team.limits.taskMinutes);
}

/** What is held is looked at when nobody has decided about it. */
function waitSecondsOf(decision: Judgement['decision'], action: Allowing | undefined): number {
  return decision === 'hold' && action?.do === 'hold' ? action.minutes * 60 : 0;
}

/** Whoever is least busy has it at once, where they can. */
function assignmentOf(ask: DelegationAsk, { decision, candidates }: Judgement) {
  const [first] = candidates;
  if (decision !== 'allow' || !first?.isUp || !hasRoom(ask, first)) return { isAssigned: false };
  return { isAssigned: true, attempt: 1, toBotId: first.botId, toName: first.name };
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
  const setBy = await setterOfGoal(context.tx, row.goalId);
  await openItem(context, {
    ...heldItem(row),
    workspaceId: row.workspaceId,
    subjectId: id,
    decisions: ['approve', 'always', 'refuse'],
    teamId,
    traceId: row.traceId,
    ...(row.fromBotId ? { botId: row.fromBotId } : {}),
    ...(personId ? { askedBy: personId } : {}),
    ...(setBy ? { setBy } : {}),
    ...(row.dueAt ? { expiresAt: row.dueAt } : {}),
  });
}
