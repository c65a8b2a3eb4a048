import { Rights, TeamLimits } from '@clawster/contract/team';
import { allRights } from '@clawster/domain/delegation/rights';
import { type SessionKind, sessionKind } from '@clawster/domain/delegation/session';
import { Refusal } from '@clawster/domain/refusal';
import type { TeamCall } from '@clawster/link/team';
import { sql } from 'kysely';
import type { AskedTeam } from '../delegation/ask.ts';
import { given } from '../given.ts';
import { mayAct, standsStill, takenOver } from '../link/heard-link.ts';
import type { OpenLink } from '../link/open-link.ts';
import type { Tx } from '../transaction.ts';
import type { Origin, TeamCaller, WorkingAt } from './team-call.ts';

type Row = Awaited<ReturnType<typeof selectCaller>>;

/** Who calls, in whose name and at work on what: by the link, the conversation and what is known of both, never by the call's own words. */
export async function findCaller(
  tx: Tx,
  link: OpenLink,
  call: Pick<TeamCall, 'callId' | 'session' | 'runId'>,
): Promise<{ caller: TeamCaller; team: AskedTeam }> {
  const kind = sessionKind(call.session);
  const row = await selectCaller(tx, link, { kind, session: call.session });
  if (row?.epoch !== link.epoch) throw takenOver();
  if (!row.mayAct) throw standsStill();
  const team = teamOf(row);
  const { channelRights } = team;
  const isLead = team.leadId === link.botId;
  const workingAt = workingAtOf(row, kind);
  const goalId = goalOf(row, { kind, isLead });
  const traceId = goalId === undefined ? runOf(call) : row.goalTraceId;
  return {
    team,
    caller: {
      workspaceId: link.workspaceId,
      teamId: team.id,
      botId: link.botId,
      botName: row.botName,
      isLead,
      mayDelegate: isLead || row.mayDelegate === true,
      callId: call.callId,
      origin: originOf(row, { kind, channelRights, isLead }),
      ...(call.session === undefined ? {} : { session: call.session }),
      ...given({ workingAt, goalId }),
      ...(traceId ? { traceId } : {}),
    },
  };
}

function teamOf(row: NonNullable<Row>): AskedTeam {
  if (!row.teamId) throw new Refusal('not-found', 'This bot is in no team');
  return {
    id: row.teamId,
    limits: TeamLimits.parse(row.limits),
    channelRights: Rights.parse(row.channelRights),
    leadId: row.leadId ?? '',
    rulesVersion: row.rulesVersion ?? 0,
  };
}

/** A goal is talked about with its lead alone, whatever session another member's host names; of one that is over, nothing is asked any more. */
function goalOf(
  { goalRights, goalEndedAt }: NonNullable<Row>,
  { kind, isLead }: { kind: SessionKind; isLead: boolean },
): string | undefined {
  if (goalEndedAt) throw new Refusal('refused', 'The goal of this conversation is over');
  return kind.kind === 'goal' && isLead && goalRights ? kind.goalId : undefined;
}

/** Traces that begin here have names of their own, which no run of OpenClaw's has. */
function runOf({ runId }: Pick<TeamCall, 'runId'>): string | undefined {
  return runId === undefined || /^(?:goal|task):/.test(runId) ? undefined : runId;
}

function selectCaller(
  tx: Tx,
  { botId }: OpenLink,
  { kind, session = '' }: { kind: SessionKind; session: string | undefined },
) {
  const delegationId = kind.kind === 'task' ? kind.delegationId : null;
  const goalId = kind.kind === 'goal' ? kind.goalId : null;
  return tx
    .selectFrom('bot')
    .innerJoin('link', 'link.botId', 'bot.id')
    .leftJoin('teamMember as member', 'member.botId', 'bot.id')
    .leftJoin('team', 'team.id', 'member.teamId')
    .leftJoin('sessionOrigin as origin', (join) =>
      join.onRef('origin.botId', '=', 'bot.id').on('origin.session', '=', session),
    )
    .leftJoin('person', 'person.id', 'origin.personId')
    .leftJoin('delegation as working', (join) =>
      join
        .on(sql`working.id`, '=', sql`${delegationId}::uuid`)
        .onRef('working.toBotId', '=', 'bot.id')
        .onRef('working.teamId', '=', 'team.id')
        .on('working.endedAt', 'is', null)
        .on('working.isAssigned', '=', true),
    )
    .leftJoin('goal', (join) => join.on(sql`goal.id`, '=', sql`${goalId}::uuid`).onRef('goal.teamId', '=', 'team.id'))
    .where('bot.id', '=', botId)
    .select(mayAct.as('mayAct'))
    .select(['bot.name as botName', 'link.epoch', 'member.mayDelegate', 'team.id as teamId', 'team.limits'])
    .select(['team.channelRights', 'team.leadId', 'team.rulesVersion', 'goal.rights as goalRights'])
    .select(['goal.traceId as goalTraceId', 'goal.endedAt as goalEndedAt', 'person.name as personName'])
    .select(['origin.kind as originKind', 'origin.personId', 'origin.mayDirect', 'origin.untrusted'])
    .select(['working.id as workingId', 'working.rootId', 'working.traceId', 'working.hops', 'working.attempt'])
    .select(['working.goalId', 'working.deadlineAt', 'working.origin as workingOrigin', 'working.rights'])
    .select(['working.untrusted as workingUntrusted'])
    .executeTakeFirst();
}

/** What it works at where the conversation is that of a task; of one that is over, nothing is asked any more. */
function workingAtOf(row: NonNullable<Row>, kind: SessionKind): WorkingAt | undefined {
  if (kind.kind !== 'task') return undefined;
  const { workingId, rootId, traceId, hops, attempt, deadlineAt, goalId } = row;
  if (!workingId || !rootId || !traceId || !deadlineAt)
    throw new Refusal('refused', 'The task of this conversation is over, or was given to somebody else');
  return {
    id: workingId,
    rootId,
    traceId,
    hops: hops ?? 0,
    attempt: attempt ?? 1,
    deadlineAt,
    ...(goalId ? { goalId } : {}),
  };
}

function originOf(
  row: NonNullable<Row>,
  { kind, channelRights, isLead }: { kind: SessionKind; channelRights: Rights; isLead: boolean },
): Origin {
  const isTainted = row.untrusted === true;
  if (kind.kind === 'task')
    return {
      ...(row.workingOrigin as Origin),
      rights: Rights.parse(row.rights),
      untrusted: row.workingUntrusted === true || isTainted,
    };
  if (kind.kind === 'goal' && isLead && row.goalRights)
    return { kind: 'goal', channel: 'goal', rights: Rights.parse(row.goalRights), untrusted: isTainted };
  if (kind.kind === 'chat' && row.originKind === 'person')
    return { ...personOf(row), rights: row.mayDirect ? allRights : channelRights, untrusted: isTainted };
  // Who is on the other side is not known, or is somebody outside.
  const channel = kind.kind === 'channel' ? kind.channel : 'unknown';
  return { kind: 'channel', channel, rights: channelRights, untrusted: true };
}

function personOf({
  personId,
  personName,
}: NonNullable<Row>): Pick<Origin, 'kind' | 'channel' | 'personId' | 'personName'> {
  const known = given({ personId: personId ?? undefined, personName: personName ?? undefined });
  return { kind: 'person', channel: 'clawster', ...known };
}
