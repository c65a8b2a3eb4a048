import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { connectGateway } from './client.ts';
import type { GatewayClient } from './client.ts';
import { GatewayError } from './gateway-error.ts';
import { AgentEvent, ChatEvent, ChatHistory, ConfigState } from './protocol.ts';
import type { EventFrame } from './protocol.ts';
import { readJson } from './read-json.ts';

/** A gateway under test; its model obeys `#demo` lines. */
export type GatewayUnderTest = { port: number; token: string; stop(): Promise<void> };

/** What every gateway we speak to must do, the stand-in included: one suite, so that the stand-in cannot drift from the real one. */
export function describeGateway(
  name: string,
  start: () => Promise<GatewayUnderTest>,
  options: { startTimeoutMs?: number; turnTimeoutMs?: number } = {},
): void {
  const turnTimeoutMs = options.turnTimeoutMs ?? 10_000;
  describe(`the gateway ${name}`, () => {
    let gateway: GatewayUnderTest;
    let client: GatewayClient;
    const events: EventFrame[] = [];
    beforeAll(async () => {
      gateway = await start();
      client = await connectGateway(gateway);
      client.onEvent((event) => events.push(event));
    }, options.startTimeoutMs ?? 10_000);
    afterAll(async () => {
      client?.close();
      await gateway?.stop();
    }, 60_000);

    describeHandshake(() => gateway);
    describeRequests(() => ({ gateway, client }));

    const run = (message: string, sessionKey = `agent:main:clawster:test-${randomUUID()}`) => {
      const runId = `run-${randomUUID()}`;
      return { runId, sessionKey, outcome: client.run({ message, sessionKey, idempotencyKey: runId, deliver: false }) };
    };
    const told = (runId: string) =>
      events.flatMap(({ event, payload }) => {
        if (event === 'agent') {
          const { runId: of, stream, data } = AgentEvent.parse(payload);
          const phase = typeof data['phase'] === 'string' ? ` ${data['phase']}` : '';
          return of === runId ? [`${stream}${phase}`] : [];
        }
        if (event === 'chat')
          return ChatEvent.parse(payload).runId === runId ? [`chat ${ChatEvent.parse(payload).state}`] : [];
        return [];
      });

    test(
      'a run is accepted, told as it happens, and answered with its text and its tokens',
      async () => {
        const { runId, sessionKey, outcome } = run('#demo text Good morning');
        const final = await outcome;
        expect(final).toMatchObject({ runId, status: 'ok' });
        expect(final.result?.payloads[0]?.text).toBe('Good morning');
        expect(final.result?.meta?.agentMeta?.usage?.output).toBeGreaterThan(0);
        const order = ['lifecycle start', 'lifecycle model', 'assistant', 'lifecycle end', 'chat final'].map((word) =>
          told(runId).indexOf(word),
        );
        expect(order).toEqual(order.toSorted((one, other) => one - other));
        expect(order).not.toContain(-1);
        const history = ChatHistory.parse(await client.call('chat.history', { sessionKey, limit: 10 }));
        expect(history.messages.map((message) => message.role)).toEqual(['user', 'assistant']);
      },
      turnTimeoutMs,
    );

    test(
      'a run that waits for another in the same conversation keeps its own result',
      async () => {
        const sessionKey = `agent:main:clawster:queue-${randomUUID()}`;
        const first = run('#demo text first', sessionKey);
        const second = run('#demo text second', sessionKey);
        const texts = [
          (await first.outcome).result?.payloads[0]?.text,
          (await second.outcome).result?.payloads[0]?.text,
        ];
        expect(texts).toEqual(['first', 'second']);
      },
      turnTimeoutMs * 2,
    );

    test(
      'an abort ends a run and says so',
      async () => {
        const { runId, sessionKey, outcome } = run('#demo slow 200');
        const settled = outcome.then(
          () => 'answered',
          () => 'refused',
        );
        await until(() => told(runId).includes('assistant'), turnTimeoutMs);
        expect(await client.call('chat.abort', { sessionKey, runId })).toMatchObject({
          aborted: true,
          runIds: [runId],
        });
        await settled;
        await until(() => told(runId).includes('chat aborted'), turnTimeoutMs);
      },
      turnTimeoutMs * 2,
    );

    test(
      'a run whose model fails is refused with UNAVAILABLE',
      async () => {
        await expect(run('#demo fail 400').outcome).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      },
      turnTimeoutMs,
    );
  });
}

function describeHandshake(gateway: () => GatewayUnderTest): void {
  const client = { id: 'gateway-client', version: '0.1.0', platform: 'linux', mode: 'backend' };
  const params = (change: Record<string, unknown> = {}) => ({
    minProtocol: 4,
    maxProtocol: 4,
    client,
    role: 'operator',
    scopes: ['operator.read'],
    caps: [],
    auth: { token: gateway().token },
    ...change,
  });
  const refusals: [string, () => Record<string, unknown>, number, string | RegExp][] = [
    ['an unknown property', () => params({ surprise: true }), 1008, /unexpected property 'surprise'/],
    ['an unknown client', () => params({ client: { ...client, id: 'clawster' } }), 1008, /\/client\/id/],
    ['an unknown mode', () => params({ client: { ...client, mode: 'operator' } }), 1008, /\/client\/mode/],
    [
      'a client without a version',
      () => params({ client: { id: client.id, platform: client.platform, mode: client.mode } }),
      1008,
      /must have required property 'version'/,
    ],
    ['a wrong token', () => params({ auth: { token: 'wrong' } }), 1008, /token mismatch/],
    ['no token', () => params({ auth: {} }), 1008, /device identity required/],
    ['another protocol', () => params({ minProtocol: 5, maxProtocol: 5 }), 1002, /protocol/],
  ];
  test.each(refusals)(
    'refuses %s',
    async (_, connect, code, words) => {
      const outcome = await knock(gateway().port, connect());
      expect(outcome).toMatchObject({ ok: false, message: expect.stringMatching(words), closeCode: code });
    },
    20_000,
  );
  test('gives the scopes that were asked for to a backend client on loopback', async () => {
    expect(await knock(gateway().port, params())).toMatchObject({ ok: true, scopes: ['operator.read'] });
  }, 20_000);
  test('gives no scopes to other kinds of clients', async () => {
    expect(await knock(gateway().port, params({ client: { ...client, mode: 'cli' } }))).toMatchObject({
      ok: true,
      scopes: [],
    });
  }, 20_000);
}

function describeRequests(get: () => { gateway: GatewayUnderTest; client: GatewayClient }): void {
  const refusal = (method: string, params: Record<string, unknown>) =>
    get()
      .client.call(method, params)
      .then(
        () => 'answered',
        (error: unknown) => (error instanceof GatewayError ? `${error.code}: ${error.message}` : String(error)),
      );

  test('refuses what it does not know, and parameters that are not as agreed', async () => {
    expect(await refusal('clawster.nothing', {})).toMatch(/^INVALID_REQUEST: unknown method/);
    expect(await refusal('agent', { message: 'x' })).toMatch(
      /^INVALID_REQUEST: invalid agent params: .*must have required property 'idempotencyKey'/,
    );
    expect(await refusal('agent', { message: 'x', idempotencyKey: randomUUID(), agentId: 'ghost' })).toContain(
      'unknown agent id "ghost"',
    );
    expect(await refusal('agents.files.set', { agentId: 'main', name: 'notes.md', content: 'x' })).toMatch(
      /^INVALID_REQUEST: unsupported file/,
    );
  });
  test('refuses a client without the scope, and names it', async () => {
    const bystander = await connectGateway(get().gateway, { scopes: [] });
    await expect(bystander.call('config.get')).rejects.toMatchObject({
      code: 'FORBIDDEN',
      details: { code: 'MISSING_SCOPE', missingScope: 'operator.read' },
    });
    await expect(bystander.call('health')).resolves.toMatchObject({ ok: true });
    bystander.close();
  });
  test('says when its configuration is applied, and lets no one write it without the base hash', async () => {
    const state = ConfigState.parse(await get().client.call('config.get'));
    expect(state).toMatchObject({ valid: true, appliedConfigHash: state.configRevisionHash });
    expect(await refusal('config.patch', { raw: '{logging:{level:"info"}}' })).toMatch(/base hash|ConfigReadOnlyError/);
  });
  test('keeps the personality files and gives them back', async () => {
    const content = `# Soul\n\n${randomUUID()}\n`;
    await get().client.call('agents.files.set', { agentId: 'main', name: 'SOUL.md', content });
    expect(await get().client.call('agents.files.get', { agentId: 'main', name: 'SOUL.md' })).toMatchObject({
      file: { name: 'SOUL.md', content },
    });
  });
  test('resolves its secrets anew when asked', async () => {
    expect(await get().client.call('secrets.reload')).toMatchObject({ ok: true, warningCount: 0 });
  });
}

type Knock = { ok: boolean; message?: string; scopes?: string[]; closeCode?: number };

/** One handshake by hand: the client of ours would never send what is refused here. */
function knock(port: number, params: Record<string, unknown>): Promise<Knock> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  const { promise, resolve, reject } = Promise.withResolvers<Knock>();
  let outcome: Knock = { ok: false };
  socket.on('error', reject);
  socket.on('close', (closeCode) => resolve({ ...outcome, closeCode }));
  socket.on('message', (data) => {
    const frame = readJson(data) as {
      type: string;
      ok?: boolean;
      error?: { message: string };
      payload?: { auth?: { scopes: string[] } };
    };
    if (frame.type === 'event') return socket.send(JSON.stringify({ type: 'req', id: '1', method: 'connect', params }));
    outcome = {
      ok: frame.ok ?? false,
      ...(frame.error ? { message: frame.error.message } : {}),
      ...(frame.payload?.auth ? { scopes: frame.payload.auth.scopes } : {}),
    };
    if (frame.ok) socket.close(1000);
  });
  return promise;
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
