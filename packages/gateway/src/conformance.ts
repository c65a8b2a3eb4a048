import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectGateway } from './client.ts';
import type { GatewayClient } from './client.ts';
import { ask, knock } from './conformance-answers.ts';
import type { Asked, Knocked } from './conformance-answers.ts';
import { describeRecord } from './conformance-record.ts';
import { shapeOf, trimmed } from './conformance-shape.ts';
import { phasesOf, playTurn, shapesOf, turns } from './conformance-turns.ts';
import type { PlayedTurn } from './conformance-turns.ts';
import { openWire, readSample } from './conformance-wire.ts';
import type { Frame } from './conformance-wire.ts';
import { GatewayError } from './gateway-error.ts';
import { AgentEvent, ChatEvent, ChatHistory, ConfigState, SessionList } from './protocol.ts';
import type { EventFrame } from './protocol.ts';

/** A gateway under test; its model obeys `#demo` lines. */
export type GatewayUnderTest = { port: number; token: string; stop(): Promise<void> };
type Get = () => GatewayUnderTest;

/** What every gateway we speak to must do, the stand-in included: one suite, so that the stand-in cannot drift from the real one. */
export function describeGateway(
  name: string,
  start: () => Promise<GatewayUnderTest>,
  options: { startTimeoutMs?: number; turnTimeoutMs?: number } = {},
): void {
  const turnTimeoutMs = options.turnTimeoutMs ?? 10_000;
  describe(`the gateway ${name}`, { timeout: turnTimeoutMs }, () => {
    let gateway: GatewayUnderTest;
    beforeAll(async () => {
      gateway = await start();
    }, options.startTimeoutMs ?? 10_000);
    afterAll(async () => {
      await gateway?.stop();
    }, 60_000);

    describeHandshake(() => gateway);
    describeAnswers(() => gateway);
    describeTurns(() => gateway);
    describe('to our client', () => {
      describeRuns(() => gateway, turnTimeoutMs);
    });
    describe('in its record', () => {
      describeRecord(() => gateway, turnTimeoutMs);
    });
  });
}

function describeHandshake(gateway: Get): void {
  test('greets as recorded', async () => {
    const { frames, hello, close } = await openWire(gateway());
    close();
    expect([frames[0], trimmed(hello)].map(shapeOf)).toEqual(readSample<Frame[]>('greeting').map(shapeOf));
  });
  test.each(readSample<Knocked[]>('handshake'))('$name', async (recorded) => {
    expect(await knock(gateway(), recorded)).toEqual(recorded);
  });
}

/** A refusal is the same to the letter; of an answer the shape counts. */
function describeAnswers(gateway: Get): void {
  test.each(readSample<Asked[]>('answers'))('answers $method $params as recorded', async (recorded) => {
    const wire = await openWire(gateway());
    const { answer } = await ask(wire, recorded);
    wire.close();
    if (recorded.answer.ok) expect(shapeOf(answer)).toEqual(shapeOf(recorded.answer));
    else expect(answer).toEqual(recorded.answer);
  });
}

function describeTurns(gateway: Get): void {
  test.each(turns)('tells a turn of the kind "$name" as recorded', async (turn) => {
    const recorded = readSample<PlayedTurn>(`turn-${turn.name}`);
    const played = await playTurn(gateway(), turn);
    expect(phasesOf(played.frames)).toEqual(phasesOf(recorded.frames));
    expect(shapesOf(played.frames)).toEqual(shapesOf(recorded.frames));
    expect(shapeOf(played.history)).toEqual(shapeOf(recorded.history));
    expect(shapeOf(played.settled)).toEqual(shapeOf(recorded.settled));
  });
}

function describeRuns(gateway: Get, turnTimeoutMs: number): void {
  let client: GatewayClient;
  const events: EventFrame[] = [];
  beforeAll(async () => {
    client = await connectGateway(gateway());
    client.onEvent((event) => events.push(event));
  }, turnTimeoutMs);
  afterAll(() => client?.close());

  const run = (message: string, sessionKey = `agent:main:clawster:test-${randomUUID()}`) => {
    const runId = `run-${randomUUID()}`;
    return { runId, sessionKey, outcome: client.run({ message, sessionKey, idempotencyKey: runId, deliver: false }) };
  };
  const told = (runId: string) => events.flatMap(({ event, payload }) => wordsOf(event, payload, runId));

  test('a run is accepted, told as it happens, and answered with its text and its tokens', async () => {
    const { runId, sessionKey, outcome } = run('#demo text Good morning');
    const final = await outcome;
    expect(final).toMatchObject({ runId, status: 'ok' });
    expect(final.result?.payloads[0]?.text).toBe('Good morning');
    expect(final.result?.meta?.agentMeta?.usage?.output).toBeGreaterThan(0);
    await until(() => told(runId).includes('chat final'), turnTimeoutMs);
    const history = ChatHistory.parse(await client.call('chat.history', { sessionKey, limit: 10 }));
    expect(history.messages.map((message) => message.role)).toEqual(['user', 'assistant']);
  });

  test('a run that waits for another in the same conversation keeps its own result', async () => {
    const sessionKey = `agent:main:clawster:queue-${randomUUID()}`;
    const first = run('#demo text first', sessionKey);
    const second = run('#demo text second', sessionKey);
    const finals = [await first.outcome, await second.outcome];
    expect(finals.map(({ result }) => result?.payloads[0]?.text)).toEqual(['first', 'second']);
  });

  test('an abort ends a run and says so', async () => {
    const { runId, sessionKey, outcome } = run('#demo slow 200');
    await until(() => told(runId).includes('assistant'), turnTimeoutMs);
    const abort = await client.call('chat.abort', { sessionKey, runId });
    expect(abort).toMatchObject({ aborted: true, runIds: [runId] });
    expect(await outcome).toMatchObject({ summary: 'aborted', stopReason: 'rpc' });
    await until(() => told(runId).includes('chat aborted'), turnTimeoutMs);
  });

  test('the sessions with a run under way are known, and ended by their key alone', async () => {
    const { runId, sessionKey, outcome } = run('#demo slow 200');
    await until(() => told(runId).includes('assistant'), turnTimeoutMs);
    const busy = async () => {
      const { sessions } = SessionList.parse(await client.call('sessions.list', { limit: 500 }));
      return sessions.filter(({ hasActiveRun }) => hasActiveRun).map(({ key }) => key);
    };
    expect(await busy()).toContain(sessionKey);
    await client.call('chat.abort', { sessionKey });
    expect(await outcome).toMatchObject({ summary: 'aborted' });
    await expect.poll(busy, { timeout: turnTimeoutMs }).not.toContain(sessionKey);
  });

  test('a run that waits its turn is given up at once, and never begins', async () => {
    const first = run('#demo delay 3000');
    const second = run('#demo text second', first.sessionKey);
    await until(() => told(first.runId).length > 0, turnTimeoutMs);
    await client.call('chat.abort', { sessionKey: second.sessionKey, runId: second.runId });
    expect(await second.outcome).toMatchObject({ summary: 'aborted', stopReason: 'rpc' });
    expect(told(second.runId)).not.toContain('lifecycle start');
    expect(await first.outcome).toMatchObject({ status: 'ok' });
  });

  test('the same key again is the same run, while it lasts and afterwards', async () => {
    const { runId, sessionKey, outcome } = run('#demo delay 1000');
    const again = { message: 'again', sessionKey, idempotencyKey: runId };
    await until(() => told(runId).length > 0, turnTimeoutMs);
    expect(await client.call('agent', again)).toMatchObject({ runId, status: 'in_flight' });
    const { result } = await outcome;
    expect(await client.call('agent', again)).toMatchObject({ status: 'ok', result: { payloads: result?.payloads } });
  });

  test('a run whose model fails is refused with UNAVAILABLE', async () => {
    await expect(run('#demo fail 400').outcome).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  test('who has not the scope is refused by name, and is told nothing of runs', async () => {
    const bystander = await connectGateway(gateway(), { scopes: [] });
    const heard: string[] = [];
    bystander.onEvent(({ event }) => heard.push(event));
    await expect(bystander.call('config.get')).rejects.toMatchObject({
      code: 'FORBIDDEN',
      details: { code: 'MISSING_SCOPE', missingScope: 'operator.read' },
    });
    await run('#demo text secret').outcome;
    await expect(bystander.call('health')).resolves.toMatchObject({ ok: true });
    expect(heard.filter((event) => !['tick', 'health'].includes(event))).toEqual([]);
    bystander.close();
  });

  test("a tool's life is told to who started the run and asked for it, its name to all", async () => {
    const plain = await connectGateway(gateway(), { caps: [] });
    const heard: EventFrame[] = [];
    plain.onEvent((event) => heard.push(event));
    const { runId, outcome } = run('#demo tool read {"path":"SOUL.md"}');
    await outcome;
    await plain.call('health');
    const toldPlainly = heard.flatMap(({ event, payload }) => wordsOf(event, payload, runId));
    expect(told(runId)).toEqual(expect.arrayContaining(['item start', 'tool start', 'tool result', 'item end']));
    expect(toldPlainly).toEqual(expect.arrayContaining(['item start', 'item end']));
    expect(toldPlainly.filter((words) => words.startsWith('tool'))).toEqual([]);
    plain.close();
  });

  test('says when its configuration is applied, and lets no one write it without the base hash', async () => {
    const state = ConfigState.parse(await client.call('config.get'));
    expect(state).toMatchObject({ valid: true, appliedConfigHash: state.configRevisionHash });
    const refusal = await client.call('config.patch', { raw: '{logging:{level:"info"}}' }).catch((error) => error);
    expect(refusal).toBeInstanceOf(GatewayError);
    expect((refusal as GatewayError).message).toContain('config base hash required');
  });

  test('keeps the personality files and gives them back', async () => {
    const content = `# Soul\n\n${randomUUID()}\n`;
    await client.call('agents.files.set', { agentId: 'main', name: 'SOUL.md', content });
    const got = await client.call('agents.files.get', { agentId: 'main', name: 'SOUL.md' });
    expect(got).toMatchObject({ file: { name: 'SOUL.md', content } });
  });
}

function wordsOf(event: string, payload: unknown, runId: string): string[] {
  if (event === 'agent') {
    const { runId: of, stream, data } = AgentEvent.parse(payload);
    const phase = typeof data['phase'] === 'string' ? ` ${data['phase']}` : '';
    return of === runId ? [`${stream}${phase}`] : [];
  }
  if (event !== 'chat') return [];
  const chat = ChatEvent.parse(payload);
  return chat.runId === runId ? [`chat ${chat.state}`] : [];
}

async function until(isTrue: () => boolean, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error('It did not happen in time');
    await new Promise((resolve) => {
      setTimeout(resolve, 25);
    });
  }
}
