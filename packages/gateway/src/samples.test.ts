import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Asked, Knocked } from './conformance-answers.ts';
import type { PlayedTurn } from './conformance-turns.ts';
import { shapeOf } from './conformance-shape.ts';
import { openWire, readSample } from './conformance-wire.ts';
import type { Frame } from './conformance-wire.ts';
import {
  AbortResult,
  AgentAccepted,
  AgentEvent,
  AgentFinal,
  AgentSettled,
  Challenge,
  ChatEvent,
  ChatHistory,
  ConfigState,
  FileSet,
  GatewayProblem,
  HelloOk,
  IncomingFrame,
  SessionTouched,
} from './protocol.ts';
import { startStandIn } from './stand-in.ts';

const folder = join(import.meta.dirname, '../samples');
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));

/** What our client reads of the answers and the events; whatever is not here it passes on unread. */
const answerSchemas: Record<string, z.ZodType> = {
  'agent.wait': AgentSettled,
  'agents.files.set': FileSet,
  'chat.abort': AbortResult,
  'chat.history': ChatHistory,
  'config.get': ConfigState,
};
const eventSchemas: Record<string, z.ZodType> = {
  agent: AgentEvent,
  chat: ChatEvent,
  'session.message': SessionTouched,
};

function expectFrame(frame: Frame): void {
  expect(IncomingFrame.parse(frame)).toMatchObject({ type: frame.type });
}

test('every greeting that was recorded is understood', () => {
  const [challenge, hello] = readSample<Frame[]>('greeting');
  expect(Challenge.parse(challenge?.payload)).toHaveProperty('nonce');
  expect(HelloOk.parse(hello?.payload)).toMatchObject({ protocol: 4, server: { version: '2026.9.6' } });
});

test('every refusal that was recorded has a code and a sentence', () => {
  const refusals = [...readSample<Knocked[]>('handshake'), ...readSample<Asked[]>('answers')].flatMap(({ answer }) =>
    answer?.ok === false ? [answer] : [],
  );
  for (const frame of refusals) expect(GatewayProblem.parse(frame.error).message).not.toBe('');
  expect(refusals.length).toBeGreaterThan(10);
});

test.each(readSample<Asked[]>('answers').filter(({ answer }) => answer.ok))(
  'the answer to $method $params that was recorded is understood',
  ({ method, answer }) => {
    expectFrame({ ...answer, id: '1' });
    expect(() => (answerSchemas[method] ?? z.looseObject({})).parse(answer.payload)).not.toThrow();
  },
);

test.each(['text', 'tool', 'abort', 'fail'])('every frame of the turn "%s" that was recorded is understood', (name) => {
  const { frames, history, settled } = readSample<PlayedTurn>(`turn-${name}`);
  for (const frame of frames) {
    expectFrame(frame);
    if (frame.event) expect(() => eventSchemas[frame.event ?? '']?.parse(frame.payload)).not.toThrow();
  }
  const [accepted, final] = frames.filter(({ type }) => type === 'res');
  expect(AgentAccepted.safeParse(accepted?.payload).success).toBe(true);
  expect(final?.ok ? AgentFinal.safeParse(final.payload).success : final?.error?.code).toBe(
    name === 'fail' ? 'UNAVAILABLE' : true,
  );
  expect(ChatHistory.parse(history.payload).messages[0]?.role).toBe('user');
  expect(AgentSettled.parse(settled.payload).status).toBe(['text', 'tool'].includes(name) ? 'ok' : 'error');
});

test('a configuration that is refused is told with its reason, by the stand-in in the same shape', async () => {
  const recorded = readSample<Frame>('config-refused');
  const { issues, valid } = ConfigState.parse(recorded.payload);
  expect([valid, issues]).toEqual([false, [{ path: '', message: 'Unrecognized key: "nonsense"' }]]);
  const standIn = await startStandIn({ state: { issues: [{ path: '', message: 'Unrecognized key: "nonsense"' }] } });
  const wire = await openWire(standIn);
  const { id: _, ...answer } = await wire.ask('config.get', {});
  wire.close();
  await standIn.close();
  expect(shapeOf(answer)).toEqual(shapeOf(recorded));
});

test.each(names)('%s is small, and names no folder of the machine it was recorded on', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  expect(text.length).toBeLessThan(20_000);
  expect(text).not.toMatch(/"\/(?!bot\/)[a-z]+\//);
});
