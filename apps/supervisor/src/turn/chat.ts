import { AbortResult, AgentSettled, ChatHistory } from '@clawster/gateway/protocol';
import type { AgentFinal } from '@clawster/gateway/protocol';
import type { GatewayClient } from '@clawster/gateway/client';
import { GatewayClosed, GatewayError } from '@clawster/gateway/gateway-error';
import type { Running } from '../gateway/bring-up.ts';
import { operatorOf, runningOrThrow } from '../gateway/operator.ts';
import { SupervisorRefusal } from '../link/serve-request.ts';
import type { Context } from '../link/serve-request.ts';
import { followRun } from './follow-run.ts';
import { messagesFrom } from './history.ts';
import type { ChatMessage, TurnEvent } from './turn-event.ts';

type Turn = { conversation: string; turnId: string };
export type Outcome = 'done' | 'aborted' | 'failed';

/** The bot's conversations with people, as sessions of its gateway. */
export type Chat = {
  start(turn: Turn & { message: string }, context: Context): Promise<{ outcome: Outcome }>;
  abort(turn: Turn): Promise<{ aborted: boolean }>;
  history(ask: { conversation: string; limit: number }): Promise<{ items: ChatMessage[] }>;
};

type Talking = {
  running: () => Running | undefined;
  whyNoTurns: () => string | undefined;
  modelFailure: () => string | undefined;
};

export function createChat(bot: Talking): Chat {
  return {
    /** The `agent` call, not `chat.send`: it queues behind a busy conversation and keeps its own run and result. */
    async start(turn, { part, signal }) {
      const reason = bot.whyNoTurns();
      if (reason) throw new SupervisorRefusal('refused', reason);
      const running = runningOrThrow(bot.running());
      const { link } = running;
      const client = await operatorOf(running);
      const tell = acceptedFirst(turn.turnId, part);
      const following = followRun(turn.turnId, tell);
      const stop = link.onEvent((event) => following.see(event));
      try {
        const final = await outcomeOf(client, {
          link,
          turn,
          signal,
          onAccepted: () => tell({ type: 'accepted', turnId: turn.turnId }),
        });
        return { outcome: tellEnd(final, { following, tell, modelFailure: bot.modelFailure() }) };
      } catch (error) {
        if (signal.aborted) throw error;
        if (following.wasAborted()) return { outcome: tellAborted(following.text(), tell) };
        tell({ type: 'failed', message: failureSentence(error, bot.modelFailure()) });
        return { outcome: 'failed' };
      } finally {
        stop();
      }
    },
    async abort(turn) {
      const client = await operatorOf(runningOrThrow(bot.running()));
      const result = await client.call('chat.abort', { sessionKey: sessionKey(turn.conversation), runId: turn.turnId });
      return { aborted: AbortResult.parse(result).aborted };
    },
    async history({ conversation, limit }) {
      const client = await operatorOf(runningOrThrow(bot.running()));
      const history = ChatHistory.parse(
        await client.call('chat.history', { sessionKey: sessionKey(conversation), limit }),
      );
      return { items: messagesFrom(history.messages) };
    },
  };
}

/** OpenClaw's first events of a run may overtake its answer that the run is accepted; people hear of that first, and once. */
function acceptedFirst(turnId: string, part: Context['part']) {
  let isAccepted = false;
  return (event: TurnEvent) => {
    if (!isAccepted && event.type !== 'failed') part({ type: 'accepted', turnId });
    isAccepted = true;
    if (event.type !== 'accepted') part(event);
  };
}

/** A prefix of our own keeps people's conversations apart from channels and from the warm-up. */
function sessionKey(conversation: string): string {
  return `agent:main:clawster:${conversation}`;
}

type Asking = { link: Running['link']; turn: Turn & { message: string }; signal: AbortSignal; onAccepted: () => void };

async function outcomeOf(client: GatewayClient, { link, turn, signal, onAccepted }: Asking): Promise<AgentFinal> {
  const run = {
    message: turn.message,
    sessionKey: sessionKey(turn.conversation),
    idempotencyKey: turn.turnId,
    deliver: false,
  };
  try {
    return await client.run(run, { signal, onAccepted });
  } catch (error) {
    if (!(error instanceof GatewayClosed)) throw error;
    // The connection was lost, not the run: the same gateway still answers for it.
    const again = await link.client(60_000);
    if (again.hello.server.bootId !== client.hello.server.bootId) throw error;
    const waiting = { runId: turn.turnId, timeoutMs: 3_600_000 };
    const waited = AgentSettled.parse(await again.call('agent.wait', waiting, { timeoutMs: 0, signal }));
    const { terminalReply, endedAt: _, ...rest } = waited;
    return { ...rest, result: { payloads: [{ text: terminalReply?.text ?? '' }] } };
  }
}

type Ending = {
  following: ReturnType<typeof followRun>;
  tell: (event: TurnEvent) => void;
  modelFailure: string | undefined;
};

function tellEnd(final: AgentFinal, { following, tell, modelFailure }: Ending): Outcome {
  const isAborted = following.wasAborted() || final.stopReason === 'rpc' || final.result?.meta?.aborted;
  if (isAborted) return tellAborted(following.text(), tell);
  if (final.status !== 'ok') {
    tell({
      type: 'failed',
      message: modelFailure ?? final.error ?? final.summary ?? `The turn ended with "${final.status}"`,
    });
    return 'failed';
  }
  tell({ type: 'done', text: textOf(final) || following.text(), ...usageOf(final) });
  return 'done';
}

function textOf({ result }: AgentFinal): string {
  const texts = (result?.payloads ?? []).map(({ text }) => text ?? '');
  return texts.filter((one) => one !== '').join('\n\n');
}

function usageOf({ result }: AgentFinal): Pick<TurnEvent & { type: 'done' }, 'usage'> {
  const usage = result?.meta?.agentMeta?.usage;
  if (!usage) return {};
  return { usage: { inputTokens: usage.input + usage.cacheRead + usage.cacheWrite, outputTokens: usage.output } };
}

function tellAborted(text: string, tell: Ending['tell']): Outcome {
  tell({ type: 'aborted', text });
  return 'aborted';
}

function failureSentence(error: unknown, modelFailure: string | undefined): string {
  if (error instanceof GatewayClosed)
    return 'The gateway went away during the turn. OpenClaw takes the turn up again after its start: look at the conversation in a minute';
  if (error instanceof GatewayError && modelFailure) return modelFailure;
  return error instanceof Error ? error.message : String(error);
}
