import { createHash, randomUUID } from 'node:crypto';
import { DelegationTitle } from '@clawster/contract/delegation';
import { isOver } from '@clawster/domain/delegation/step';
import { Refusal } from '@clawster/domain/refusal';
import type { TeamToolInput } from '@clawster/link/team';
import { given } from '../given.ts';
import { agreed } from '../team/agreed.ts';
import type { ToolAnswer, ToolContext, ToolResult } from '../team/team-call.ts';
import type { Requested } from './ask.ts';
import { findDelegation } from './delegation.queries.ts';
import { holdAbove } from './hold-above.ts';
import { requestDelegation } from './request-delegation.ts';
import { sayResult } from './say-result.ts';
import { takeResult } from './take-result.ts';

type Input = TeamToolInput<'delegate'>;

/** Gives a task away in the name of whoever the conversation is with. */
export const answerDelegate: ToolAnswer<'delegate'> = async (context, input) => {
  const { caller, team } = context;
  if ((input.to === undefined) === (input.capability === undefined))
    throw new Refusal('invalid', 'Name a teammate in "to", or a capability: one of the two');
  await holdAbove(context);
  const { botId, botName, session, workingAt, goalId, origin, workspaceId } = caller;
  const to = input.to === undefined ? undefined : await teammate(context, input.to);
  const asked = await requestDelegation(context, {
    workspaceId,
    team,
    from: { kind: 'bot', botId, name: botName, ...given({ session }) },
    ...given({ to, capability: input.capability, taskType: input.type, contextKeys: input.context_keys }),
    title: agreed(DelegationTitle, input.title, 'title'),
    text: input.task,
    ...minutesOf(context, input),
    origin,
    ...given({ parent: workingAt, goalId }),
    traceId: workingAt?.traceId ?? caller.traceId ?? `task:${randomUUID()}`,
    askKey: askKeyOf(context, input),
  });
  return resultOf(context, asked, input.wait_seconds);
};

/** In the same words, of the same, in the same conversation. */
function askKeyOf({ caller: { botId, session, callId } }: ToolContext, { to, capability, task, title }: Input): string {
  // Where the host cannot tell conversations apart, each call is its own.
  const where = session ?? `call ${callId}`;
  return createHash('sha256')
    .update(JSON.stringify([botId, where, to ?? null, capability ?? null, title, task]))
    .digest('hex');
}

async function teammate({ tx, team }: ToolContext, name: string): Promise<string> {
  const row = await tx
    .selectFrom('teamMember')
    .innerJoin('bot', 'bot.id', 'teamMember.botId')
    .select('bot.id')
    .where('teamMember.teamId', '=', team.id)
    .where('bot.name', '=', name)
    .executeTakeFirst();
  if (!row) throw new Refusal('refused', `There is no "${name}" in your team: see list_teammates`);
  return row.id;
}

/** A part of a task ends with it at the latest. */
function minutesOf({ caller: { workingAt } }: ToolContext, { deadline_minutes: asked }: Input): { minutes?: number } {
  const left = workingAt ? Math.floor((workingAt.deadlineAt.getTime() - Date.now()) / 60_000) : Infinity;
  if (left < 1)
    throw new Refusal('refused', 'Your own task has to be done within a minute: there is no time to pass it on');
  const minutes = Math.min(asked ?? Infinity, left);
  return Number.isFinite(minutes) ? { minutes } : {};
}

async function resultOf(context: ToolContext, asked: Requested, waitSeconds: number): Promise<ToolResult> {
  const { id, state, reason } = asked;
  if (state === 'refused') return { text: `Refused: ${reason}. Do not ask for the same again.`, isError: true };
  if (!asked.isNew && isOver(state)) {
    const row = await findDelegation(context.tx, id);
    if (row) {
      await takeResult(context.tx, row);
      return { text: sayResult(row), isError: state !== 'done' };
    }
  }
  const told = 'You are told when it is over: do not ask again.';
  const text =
    state === 'held'
      ? `Task ${id} waits for a person: ${reason}. ${told}`
      : `Task ${id} is ${asked.isNew ? 'given' : 'under way'}. ${told}`;
  return waitSeconds > 0 ? { text, waitsFor: id, waitMs: waitSeconds * 1_000 } : { text };
}
