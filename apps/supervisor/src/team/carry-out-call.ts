import { createHash, randomUUID } from 'node:crypto';
import { type TeamCall, teamServer, teamTools, TeamToolName } from '@clawster/link/team';
import { stampKey } from './bridge.ts';
import type { Answered } from './team-calls.ts';
import type { Tickets, Whence } from './tickets.ts';

export type Calling = {
  /** Those that are listed to the bot's model. */
  tools: () => readonly TeamToolName[];
  call: (call: TeamCall, signal: AbortSignal) => Promise<Answered>;
};
export type ToolCall = { name: string; arguments?: Record<string, unknown> | undefined };

/** Carries out what a model asks for, as far as it is as agreed; what is not, the model is told. */
export async function carryOutCall(
  { tools, call }: Calling,
  tickets: Tickets,
  { asked, signal }: { asked: ToolCall; signal: AbortSignal },
): Promise<Answered> {
  const { [stampKey]: ticket, ...input } = asked.arguments ?? {};
  const tool = TeamToolName.safeParse(asked.name).data;
  const whence = tool && tickets.redeem(ticket, `${teamServer}__${tool}`);
  if (!tool || !tools().includes(tool)) return refused(`"${asked.name}" is no tool of yours in this team`);
  const parsed = teamTools[tool].input.strict().safeParse(input);
  if (!parsed.success)
    return refused(
      parsed.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('. '),
    );
  return call({ callId: callIdOf(tool, input, whence), tool, arguments: input, ...ofTurn(whence) }, signal);
}

function refused(text: string): Answered {
  return { text, isError: true };
}

function ofTurn({ session, runId }: Partial<Whence> = {}): Pick<TeamCall, 'session' | 'runId'> {
  return { ...(session === undefined ? {} : { session }), ...(runId === undefined ? {} : { runId }) };
}

/** The model's own name of its call, within its turn: some models number theirs anew in each. */
function callIdOf(tool: TeamToolName, input: Record<string, unknown>, whence: Whence | undefined): string {
  if (whence?.toolCallId === undefined) return randomUUID();
  const { session, runId, toolCallId } = whence;
  const digest = createHash('sha256')
    .update(JSON.stringify([session, runId, toolCallId, tool, input]))
    .digest('hex');
  return `${toolCallId.slice(0, 100)}:${digest.slice(0, 32)}`;
}
