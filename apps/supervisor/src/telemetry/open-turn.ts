import { createHash } from 'node:crypto';
import type { HistoryMessage } from '@clawster/gateway/protocol';
import { textOf } from '../turn/history.ts';
import { type Capturing, cut } from './capturing.ts';
import { type Asked, channelOf, type OpenTurn } from './session-mark.ts';

/** By whose rules a conversation is read. */
export type Reading = { sessionKey: string; capturing: Capturing };

/** A turn shows the beginning of what was said; the messages have all of it. */
export const turnTextMax = 2_000;

/** When OpenClaw wrote a message down. */
export function recordedAt({ __openclaw, timestamp }: HistoryMessage): number {
  return __openclaw?.recordTimestampMs ?? timestamp ?? 0;
}

/** When a message was sent, as far as whoever sent it said so. */
function sentAt(message: HistoryMessage): number {
  return message.timestamp ?? recordedAt(message);
}

/** A turn as it begins, with this message; `isAsked` when somebody wrote it. */
export function beginTurn(
  reading: Reading,
  message: HistoryMessage,
  { runId, isAsked }: { runId: string | undefined; isAsked: boolean },
): OpenTurn {
  const at = sentAt(message);
  const channel = message.__openclaw?.transport?.channel ?? channelOf(reading.sessionKey);
  const asked = isAsked ? askedIn(message, { channel, reading }) : undefined;
  const { person, text } = asked ?? {};
  return {
    ...(runId === undefined ? {} : { runId }),
    firstId: message.__openclaw?.id ?? `${at}`,
    part: 1,
    startedAt: at,
    lastAt: recordedAt(message),
    channel,
    ...(person ? { person } : {}),
    ...(text === undefined ? {} : { text: { in: cut(text, turnTextMax) } }),
    untold: asked ? [asked] : [],
    calls: [],
    tools: [],
    toolCalls: 0,
    same: { call: '', times: 0, most: 0 },
    modelCalls: 0,
  };
}

function askedIn(message: HistoryMessage, { channel, reading }: { channel: string; reading: Reading }): Asked {
  const { id, senderId, senderName } = message.__openclaw ?? {};
  const at = sentAt(message);
  const said = textOf(message);
  const text = reading.capturing.text(said);
  const person =
    senderId === undefined ? undefined : reading.capturing.person({ channel, id: senderId, name: senderName });
  return {
    id: id ?? `${at}`,
    at,
    characters: said.length,
    ...(text === undefined ? {} : { text }),
    ...(person ? { person } : {}),
  };
}

/** Takes into a turn what was written while it waited for its run, or while it went on. */
export function join(turn: OpenTurn, next: OpenTurn): void {
  turn.untold.push(...next.untold);
  turn.lastAt = Math.max(turn.lastAt, next.lastAt);
  const texts = [turn.text?.in, next.text?.in].filter((text) => text !== undefined);
  if (texts.length > 0) turn.text = { ...turn.text, in: cut(texts.join('\n\n'), turnTextMax) };
  if (next.person) turn.person = next.person;
}

/** Takes the calls of this answer into the turn, and returns how many there are. */
export function noteCalls(reading: Reading, turn: OpenTurn, message: HistoryMessage): number {
  const parts = typeof message.content === 'string' ? [] : message.content;
  const calls = parts.filter(({ type }) => type === 'toolCall');
  for (const { id = '', name = 'tool', arguments: args } of calls) {
    const said = JSON.stringify(args ?? {});
    const text = reading.capturing.text(said);
    const digest = reading.capturing.digest(said);
    const known = { ...(text === undefined ? {} : { text }), ...(digest === undefined ? {} : { digest }) };
    turn.calls.push({ id, name, at: recordedAt(message), characters: said.length, ...known });
    countCall(turn, name);
    countSame(turn, createHash('sha256').update(`${name}\n${said}`).digest('base64url'));
  }
  return calls.length;
}

function countSame(turn: OpenTurn, call: string): void {
  const times = call === turn.same.call ? turn.same.times + 1 : 1;
  turn.same = { call, times, most: Math.max(turn.same.most, times) };
}

/** Counts a call of this tool, and names it among those that were used. */
export function countCall(turn: OpenTurn, name: string): void {
  turn.toolCalls += 1;
  if (!turn.tools.includes(name)) turn.tools.push(name);
}
