import { type TeamAnswer, type TeamCall, TeamToolName, teamTools } from '@clawster/link/team';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { byBot } from '../delegation/begin-delegation.ts';
import { changeIfAny } from '../delegation/change-if-any.ts';
import { refuseUnlessActing } from '../link/heard-link.ts';
import type { OpenLink } from '../link/open-link.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import { finalAnswer } from './await-call.ts';
import { findCaller } from './find-caller.ts';
import { teamToolsOf } from '@clawster/domain/team/team-tools';
import type { ToolAnswer, ToolContext, ToolResult } from './team-call.ts';
import { toolAnswers } from './tool-answers.ts';

/**
 * Carries out a call of a team's tool, once for each bot and name of the call: told again it is given what came of the first.
 * What is refused the model is told; nothing of it is kept then.
 */
export async function answerCall(plane: ControlPlane, link: OpenLink, call: TeamCall): Promise<TeamAnswer> {
  try {
    return await changeIfAny(plane, byBot(link), async (context) => {
      const known = await takeCall(context.tx, link, call.callId);
      if (known) return known;
      const found = await findCaller(context.tx, link, call).catch(toHost);
      const result = await carryOut({ ...context, ...found }, call);
      await keepAnswer(context.tx, link, { callId: call.callId, result });
      return answerOf(result);
    });
  } catch (error) {
    if (!(error instanceof Refusal) || error instanceof HostRefusal) throw error;
    return { text: error.message, isError: true };
  }
}

/** That the link has been replaced, or the bot is in no team, its host is told and no model. */
class HostRefusal extends Refusal {}

function toHost(error: unknown): never {
  throw error instanceof Refusal && error.code !== 'refused' ? new HostRefusal(error.code, error.message) : error;
}

function carryOut(context: ToolContext, { tool, arguments: given }: TeamCall): Promise<ToolResult> {
  const name = TeamToolName.safeParse(tool).data;
  const answer = name && (toolAnswers[name] as ToolAnswer<TeamToolName> | undefined);
  if (!name || !answer) throw new Refusal('refused', `There is no tool "${tool.slice(0, 100)}" of the team`);
  if (!teamToolsOf(context.caller).includes(name))
    throw new Refusal('refused', `Your role in the team does not allow ${name}`);
  const input = teamTools[name].input.safeParse(given);
  if (!input.success) {
    const [issue] = input.error.issues;
    throw new Refusal(
      'invalid',
      `${issue?.path.join('.') || 'The arguments'}: ${issue?.message ?? 'not as described'}`,
    );
  }
  return answer(context, input.data as never);
}

/** Makes the call this transaction's, or resolves with what came of it before. */
async function takeCall(tx: Tx, link: OpenLink, callId: string): Promise<TeamAnswer | undefined> {
  const { botId, workspaceId } = link;
  const made = await tx
    .insertInto('teamCall')
    .values({ botId, callId, workspaceId })
    .onConflict((conflict) => conflict.doNothing())
    .returning('callId')
    .executeTakeFirst();
  if (made) return undefined;
  await refuseUnlessActing(tx, link).catch(toHost);
  return finalAnswer(tx, { botId, callId });
}

async function keepAnswer(tx: Tx, { botId }: OpenLink, { callId, result }: { callId: string; result: ToolResult }) {
  const { waitsFor, waitMs } = result;
  await tx
    .updateTable('teamCall')
    .set({
      answer: { text: result.text, isError: result.isError ?? false },
      waitsFor: waitsFor ?? null,
      until: waitsFor && waitMs ? sql<Date>`now() + make_interval(secs => ${waitMs / 1_000})` : null,
    })
    .where('botId', '=', botId)
    .where('callId', '=', callId)
    .execute();
}

function answerOf({ text, isError = false, waitsFor, waitMs }: ToolResult): TeamAnswer {
  return { text, isError, ...(waitsFor && waitMs ? { waitMs } : {}) };
}
