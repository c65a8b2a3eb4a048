import { randomUUID } from 'node:crypto';
import { shapeOf, trimmed } from './conformance-shape.ts';
import type { Shape } from './conformance-shape.ts';
import { openWire } from './conformance-wire.ts';
import type { Frame } from './conformance-wire.ts';

/** `lastly`: what is told last of it, the answer apart. */
export type Turn = { name: string; message: string; isAborted?: boolean; lastly: string[] };

/** The turns that were recorded, one of each kind. */
export const turns: Turn[] = [
  { name: 'text', message: '#demo text Good morning', lastly: ['chat final', 'message assistant'] },
  { name: 'tool', message: '#demo tool read {"path":"SOUL.md"}', lastly: ['chat final', 'message assistant'] },
  { name: 'abort', message: '#demo slow 200', isAborted: true, lastly: ['lifecycle error', 'message assistant'] },
  { name: 'fail', message: '#demo fail 400', lastly: ['chat error', 'message assistant'] },
];

/** What is told of a turn and answered, in the order in which it came; its conversation and its end as they are told afterwards. */
export type PlayedTurn = { message: string; frames: Frame[]; history: Frame; settled: Frame };

export async function playTurn(gateway: { port: number; token: string }, turn: Turn): Promise<PlayedTurn> {
  const wire = await openWire(gateway);
  await wire.ask('sessions.subscribe', {});
  const from = wire.frames.length;
  const runId = `run-${turn.name}-${randomUUID().slice(0, 8)}`;
  const sessionKey = `agent:main:clawster:${runId}`;
  const ofTurn = () => wire.frames.slice(from).filter((frame) => isAbout(frame, runId, sessionKey));
  const wasTold = (label: string) => ofTurn().some((frame) => labelOf(frame) === label);

  await wire.ask('agent', { message: turn.message, sessionKey, idempotencyKey: runId, deliver: false });
  if (turn.isAborted) {
    await wire.until(() => wasTold('assistant'));
    await wire.ask('chat.abort', { sessionKey, runId });
  }
  await wire.until(() => turn.lastly.every(wasTold) && ['answered', 'refused'].some(wasTold));
  const frames = ofTurn();
  const history = await wire.ask('chat.history', { sessionKey, limit: 10 });
  const settled = await wire.ask('agent.wait', { runId, timeoutMs: 1_000 });
  wire.close();
  return trimmedTurn({ message: turn.message, frames, history, settled });
}

function trimmedTurn({ message, frames, history, settled }: PlayedTurn): PlayedTurn {
  return {
    message,
    frames: frames.map((frame) => trimmed(withoutSession(frame))),
    history: trimmed(history),
    settled: trimmed(settled),
  };
}

function isAbout({ type, event = '', payload }: Frame, runId: string, sessionKey: string): boolean {
  const isOf = payload?.['runId'] === runId || payload?.['sessionKey'] === sessionKey;
  return isOf && (type === 'res' || ['agent', 'chat', 'session.message'].includes(event));
}

/** What belongs to the turn. To who listens to sessions some events carry all of the session's facts as well, or not: it varies. */
const turnKeys: Record<string, string[]> = {
  agent: ['runId', 'sessionKey', 'agentId', 'stream', 'data', 'seq', 'ts'],
  'session.message': ['runId', 'sessionKey', 'agentId', 'message', 'messageId', 'messageSeq'],
};

function withoutSession(frame: Frame): Frame {
  const keys = turnKeys[frame.event ?? ''];
  if (!keys || !frame.payload) return frame;
  const payload = Object.fromEntries(Object.entries(frame.payload).filter(([key]) => keys.includes(key)));
  return { ...frame, payload };
}

/** One word or two for a frame of a turn. */
export function labelOf({ type, event, ok, payload = {} }: Frame): string {
  if (type === 'res') return payload['status'] === 'accepted' ? 'accepted' : ok ? 'answered' : 'refused';
  if (event === 'chat') return `chat ${String(payload['state'])}`;
  if (event === 'session.message') return `message ${(payload['message'] as { role: string }).role}`;
  if (event !== 'agent') return String(event);
  const { phase, model } = (payload['data'] ?? {}) as { phase?: string; model?: string | null };
  if (phase === 'model' && model === null) return 'lifecycle model over';
  return phase ? `${String(payload['stream'])} ${phase}` : String(payload['stream']);
}

/**
 * The phases of a turn in their order. Left out is what has no place of its own: how the text was cut into pieces, when a
 * message was stored, and that a run that was given up asks its model once more.
 */
export function phasesOf(frames: Frame[]): string[] {
  const labels = frames
    .filter(({ event }) => event === 'agent' || event === 'chat')
    .map(labelOf)
    .filter((label) => label !== 'chat delta' && label !== 'lifecycle model over');
  const end = labels.indexOf('chat aborted');
  return labels.filter(
    (label, place) => label !== labels[place - 1] && !(end !== -1 && place > end && label === 'lifecycle model'),
  );
}

/** The shape of the first frame of each kind that a turn always has. */
export function shapesOf(frames: Frame[]): Record<string, Shape> {
  const shapes: Record<string, Shape> = {};
  for (const frame of frames) shapes[labelOf(frame)] ??= shapeOf(frame);
  delete shapes['lifecycle model over'];
  return shapes;
}
