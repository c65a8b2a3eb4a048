import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayClient } from '@clawster/gateway/client';
import { GatewayClosed, GatewayError } from '@clawster/gateway/gateway-error';
import {
  type AgentFinal,
  AgentSettled,
  ChatHistory,
  type HistoryMessage,
  type SessionStanding,
} from '@clawster/gateway/protocol';
import type { DeliveryEnd } from '@clawster/link/team';
import type { GatewayLink } from '../gateway/gateway-link.ts';
import { textOf } from '../turn/history.ts';

/** How long OpenClaw may take, after its start, to take a turn up again that was interrupted; it took ten seconds. */
const takenUpMsMax = 120_000;
const lookMs = 5_000;
/** As much as a result may be. */
const charactersMax = 100_000;

export type Turn = {
  session: string;
  /** OpenClaw's name of the run as well: asked for twice, it is the same. */
  runId: string;
  message: string;
  context?: string;
  timeoutSeconds?: number;
};
export type TurnEnd = Pick<DeliveryEnd, 'outcome' | 'text' | 'failure' | 'isRetryable'>;
type Options = { link: GatewayLink; signal: AbortSignal; onAccepted?: () => void };

/**
 * Has a turn done once and returns how it ended, over lost connections and a gateway that starts anew: OpenClaw then takes it
 * up again by itself, as another run of the same session. Throws when the gateway is gone; asked again later it goes on.
 */
export async function runTurn(turn: Turn, { link, signal, onAccepted }: Options): Promise<TurnEnd> {
  for (;;) {
    const client = await link.client(60_000, signal);
    try {
      if (await isBegun(client, turn)) return await endOf(client, turn, signal);
      return endingOf(await ask(client, turn, onAccepted));
    } catch (error) {
      if (error instanceof GatewayError) return failed(error.message, error.code !== 'INVALID_REQUEST');
      if (!(error instanceof GatewayClosed)) throw error;
      await sleep(200, undefined, { signal });
    }
  }
}

function ask(client: GatewayClient, turn: Turn, onAccepted?: () => void): Promise<AgentFinal> {
  const { session, runId, message, context, timeoutSeconds } = turn;
  const run = {
    message,
    sessionKey: session,
    idempotencyKey: runId,
    deliver: false,
    ...(context ? { extraSystemPrompt: context } : {}),
    ...(timeoutSeconds === undefined ? {} : { timeout: timeoutSeconds }),
  };
  return client.run(run, onAccepted ? { onAccepted } : {});
}

async function historyOf(client: GatewayClient, { session }: Turn): Promise<ChatHistory> {
  const asked = { sessionKey: session, limit: 1_000, maxChars: charactersMax };
  return ChatHistory.parse(await client.call('chat.history', asked));
}

async function isBegun(client: GatewayClient, turn: Turn): Promise<boolean> {
  const { messages, sessionInfo } = await historyOf(client, turn);
  return sessionInfo?.lastRunId === turn.runId || messages.some((message) => isAsking(message, turn));
}

function isAsking({ idempotencyKey }: HistoryMessage, { runId }: Turn): boolean {
  return idempotencyKey === `${runId}:user`;
}

/** Of a turn that was begun: as this gateway says, or as it stands in the record of one that was begun before its start. */
async function endOf(client: GatewayClient, turn: Turn, signal: AbortSignal): Promise<TurnEnd> {
  for (const since = Date.now(); ;) {
    signal.throwIfAborted();
    const asked = { runId: turn.runId, timeoutMs: lookMs };
    const settled = AgentSettled.parse(await client.call('agent.wait', asked, { timeoutMs: 60_000 }));
    if (settled.endedAt !== undefined) {
      const { terminalReply, endedAt: _, ...rest } = settled;
      return endingOf({ ...rest, result: { payloads: [{ text: terminalReply?.text ?? '' }] } });
    }
    const history = await historyOf(client, turn);
    const end = endIn(history, turn);
    if (end) return end;
    if (!history.sessionInfo?.hasActiveRun && Date.now() - since > takenUpMsMax)
      return failed('The gateway ended in the middle of it, and OpenClaw did not take it up again', true);
  }
}

/** How it ended by the session's record; undefined while it goes on, or is still to be taken up again. */
function endIn({ messages, sessionInfo }: ChatHistory, turn: Turn): TurnEnd | undefined {
  if (!sessionInfo || sessionInfo.hasActiveRun) return undefined;
  const begin = messages.findLastIndex((message) => isAsking(message, turn));
  // Of a run before this one.
  if ((sessionInfo.endedAt ?? 0) < (messages[begin]?.timestamp ?? 0)) return undefined;
  return endBy(sessionInfo, lastWords(messages.slice(begin + 1)));
}

function endBy({ status = '', lastRunError }: SessionStanding, text: string): TurnEnd | undefined {
  const ends: Record<string, TurnEnd> = {
    done: { outcome: 'done', text, isRetryable: false },
    timeout: { outcome: 'timeout', text, isRetryable: false },
    killed: { outcome: 'aborted', text, isRetryable: false },
    failed: { ...failed(lastRunError ?? 'The turn failed', true), text },
  };
  return Object.hasOwn(ends, status) ? ends[status] : undefined;
}

function lastWords(messages: HistoryMessage[]): string {
  const said = messages.filter(({ role }) => role === 'assistant').map(textOf);
  return (said.findLast((text) => text !== '') ?? '').slice(0, charactersMax);
}

function endingOf({ status, stopReason, result, error, summary }: AgentFinal): TurnEnd {
  const text = (result?.payloads ?? [])
    .map((one) => one.text ?? '')
    .filter((one) => one !== '')
    .join('\n\n')
    .slice(0, charactersMax);
  if (stopReason === 'rpc' || result?.meta?.aborted) return { outcome: 'aborted', text, isRetryable: false };
  if (status === 'ok') return { outcome: 'done', text, isRetryable: false };
  if (status === 'timeout') return { outcome: 'timeout', text, isRetryable: false };
  return { ...failed(error ?? summary ?? `The turn ended with "${status}"`, true), text };
}

function failed(sentence: string, isRetryable: boolean): TurnEnd {
  return { outcome: 'failed', text: '', failure: sentence.slice(0, 2_000), isRetryable };
}
