import type { HistoryMessage, SessionStanding } from '@clawster/gateway/protocol';
import { textOf } from '../turn/history.ts';
import { cut } from './capturing.ts';
import { beginTurn, countCall, join, noteCalls, type Reading, recordedAt, turnTextMax } from './open-turn.ts';
import type { OpenTurn, Standing, TurnEnd } from './session-mark.ts';
import { endedTurn, iso, messageIn, type Told, toolCall, traceOf, turnIdOf, within } from './turn-spans.ts';

/** What one more message of a conversation comes to. The same message on the same standing always comes to as many. */
export type Read = { told: Told[]; after: Standing };

/** As this provider OpenClaw itself writes: what was broken off, or what was sent another way. No model was called for it. */
const openclawItself = 'openclaw';
const systemPrefix = '[System] ';

/** Reads the next message. An answer that OpenClaw keeps silent about, such as to a heartbeat, is in no conversation. */
export function readMessage(before: Standing, message: HistoryMessage, reading: Reading): Read {
  const draft = beginDraft(before, reading);
  if (message.role === 'user') readUser(draft, message);
  if (message.role === 'assistant') readAnswer(draft, message);
  if (message.role === 'toolResult') readToolResult(draft, message);
  return { told: draft.told, after: draft.standing };
}

/** Ends the turn under way. */
export function endTurn(before: Standing, end: TurnEnd, reading: Reading): Read {
  const draft = beginDraft(before, reading);
  const { turn } = draft.standing;
  if (turn) {
    turn.runId ??= end.runId;
    over(draft, turn, end);
  }
  return { told: draft.told, after: draft.standing };
}

const outcomeOf: Record<string, TurnEnd['outcome']> = {
  done: 'ok',
  killed: 'aborted',
  failed: 'failed',
  timeout: 'failed',
};

/** How the turn under way ended, where the session says so and the conversation does not: given up before a word was said. */
export function endBySession(
  { turn }: Standing,
  session: SessionStanding | undefined,
  { capturing }: Reading,
): TurnEnd | undefined {
  if (!turn || !session || session.hasActiveRun) return undefined;
  const { status = '', lastRunId: runId, lastRunError = '' } = session;
  const at = session.endedAt ?? 0;
  const outcome = outcomeOf[status];
  // As it was before the turn, or of another run: the session says nothing of this one yet.
  if (!outcome || at < turn.lastAt || !isSame(turn.runId, runId)) return undefined;
  const failure = outcome === 'failed' ? { failure: capturing.trouble(lastRunError, 'The turn failed') } : {};
  return { outcome, at, ...(runId === undefined ? {} : { runId }), ...failure };
}

/** Whether two may be the same run: of one that is not known nothing stands against it. */
function isSame(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

type Draft = { standing: Standing; told: Told[]; reading: Reading; session: string | undefined };

function beginDraft(before: Standing, reading: Reading): Draft {
  const { turn, waiting, ended } = structuredClone(before);
  const standing: Standing = {
    ...(turn ? { turn } : {}),
    ...(waiting ? { waiting } : {}),
    ...(ended ? { ended } : {}),
  };
  return { standing, told: [], reading, session: reading.capturing.session(reading.sessionKey) };
}

/**
 * A message is of the run its key names. One from a channel names none: it belongs to the run that answers next, be it the
 * one under way, into which it was steered, or another.
 */
function readUser(draft: Draft, message: HistoryMessage): void {
  const { standing } = draft;
  const { turn } = standing;
  const isSystem = textOf(message).startsWith(systemPrefix);
  const runId = /^(?!channel-user:)(.+):user$/.exec(message.idempotencyKey ?? '')?.[1];
  const next = beginTurn(draft.reading, message, { runId, isAsked: !isSystem });
  if (turn && turn.runId === undefined && runId === undefined && !isSystem) return join(turn, next);
  if (turn?.runId !== undefined && isSame(turn.runId, runId)) return wait(standing, next);
  if (turn) over(draft, turn, { outcome: 'interrupted', at: turn.lastAt });
  standing.turn = next;
  if (runId !== undefined) tellAsked(draft, next);
}

function wait(standing: Standing, next: OpenTurn): void {
  if (standing.waiting) join(standing.waiting, next);
  else standing.waiting = next;
}

function readAnswer(draft: Draft, message: HistoryMessage): void {
  const { provider, openclawAbort, stopReason, idempotencyKey = '' } = message;
  if (provider === openclawItself && !openclawAbort) return;
  const turn = turnOf(draft, message, openclawAbort?.runId);
  turn.lastAt = recordedAt(message);
  if (!openclawAbort) tellModelMessage(draft, turn, message);
  const calls = noteCalls(draft.reading, turn, message);
  if (openclawAbort || stopReason === 'aborted') return answer(draft, turn, { message, outcome: 'aborted' });
  // An error is the end when OpenClaw says so; else it may try again, or ask another model.
  if (stopReason === 'error') {
    if (!idempotencyKey.endsWith(':terminal-error')) return;
    const failure = draft.reading.capturing.trouble(textOf(message).replace(/^⚠️\s*/u, ''), 'The turn failed');
    return over(draft, turn, { outcome: 'failed', at: turn.lastAt, failure });
  }
  if (calls === 0 && stopReason !== 'toolUse') answer(draft, turn, { message, outcome: 'ok' });
}

/** Ends a turn with what was said last in it. */
function answer(
  draft: Draft,
  turn: OpenTurn,
  { message, outcome }: { message: HistoryMessage; outcome: 'ok' | 'aborted' },
): void {
  const said = textOf(message);
  const at = recordedAt(message);
  const text = draft.reading.capturing.text(said);
  if (said !== '') {
    const place = { session: draft.session };
    const words = text === undefined ? {} : { text: { out: text } };
    const id = `${nameOf(message, turn)}:out`;
    const data = { ...within(turn, place), id, startedAt: iso(at), characters: said.length, ...words };
    draft.told.push({ kind: 'message-out', data });
    if (text !== undefined) turn.text = { ...turn.text, out: cut(text, turnTextMax) };
  }
  over(draft, turn, { outcome, at });
}

function readToolResult(draft: Draft, message: HistoryMessage): void {
  const { toolCallId: id = '', toolName: name = 'tool', isError = false } = message;
  const { capturing } = draft.reading;
  const open = draft.standing.turn;
  // A result is of the turn that called, also when OpenClaw wrote it down for a run that took over.
  const asked = open?.calls.find((call) => call.id === id);
  const turn = asked && open ? open : turnOf(draft, message);
  const at = recordedAt(message);
  if (!asked) countCall(turn, name);
  turn.calls = turn.calls.filter((call) => call !== asked);
  turn.lastAt = Math.max(turn.lastAt, at);
  const said = textOf(message);
  const call = asked ?? { id, name, at: message.timestamp ?? at, characters: 0 };
  draft.told.push(
    toolCall(turn, call, {
      at,
      outcome: isError ? 'failed' : 'ok',
      place: { session: draft.session },
      answer: { characters: said.length, text: capturing.text(said) },
      ...(isError ? { failure: capturing.failure(said, 'The tool failed') } : {}),
    }),
  );
}

/** The turn an answer is of: the one under way, the one that waits for its run, or one that nobody asked for. */
function turnOf(draft: Draft, message: HistoryMessage, abortedRun?: string): OpenTurn {
  const { standing } = draft;
  const runId = message.__openclaw?.runId ?? abortedRun;
  const open = standing.turn;
  if (open && !isSame(open.runId, runId)) over(draft, open, { outcome: 'interrupted', at: open.lastAt });
  const turn = (standing.turn ??= beginTurn(draft.reading, message, { runId, isAsked: false }));
  if (standing.waiting) join(turn, standing.waiting);
  delete standing.waiting;
  turn.runId ??= runId;
  if (turn.runId !== undefined && standing.ended?.runId === turn.runId) turn.part = standing.ended.parts + 1;
  tellAsked(draft, turn);
  return turn;
}

function over({ standing, told, session }: Draft, turn: OpenTurn, end: TurnEnd): void {
  told.push(...endedTurn(turn, end, { session }));
  if (turn.runId !== undefined) standing.ended = { runId: turn.runId, parts: turn.part };
  delete standing.turn;
  if (standing.waiting) standing.turn = standing.waiting;
  delete standing.waiting;
}

function tellAsked({ told, session }: Draft, turn: OpenTurn): void {
  told.push(...turn.untold.map((asked) => messageIn(turn, asked, { session })));
  turn.untold = [];
}

/** An error that no model answered is no answer of one. */
function tellModelMessage({ told, session }: Draft, turn: OpenTurn, message: HistoryMessage): void {
  const { responseId, usage, model = '', timestamp } = message;
  const took = usage ? usage.input + usage.output + usage.cacheRead + usage.cacheWrite : 0;
  if (responseId === undefined && took === 0) return;
  turn.modelCalls += 1;
  const at = recordedAt(message);
  const begun = timestamp ?? at;
  told.push({
    kind: 'model-message',
    data: {
      ...within(turn, { session }),
      id: nameOf(message, turn),
      startedAt: iso(begun),
      durationMs: Math.max(0, at - begun),
      model,
      ...(responseId === undefined ? {} : { responseId }),
      ...(usage ? { usage } : {}),
    },
  });
}

function nameOf({ __openclaw }: HistoryMessage, turn: OpenTurn): string {
  return __openclaw?.id ?? `${traceOf(turn)}:${__openclaw?.seq ?? turnIdOf(turn)}`;
}
