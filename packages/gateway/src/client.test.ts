import { afterEach, expect, test } from 'vitest';
import { connectGateway, connectGatewayPatiently } from './client.ts';
import { GatewayClosed, GatewayTimeout, isWorthAnotherTry } from './gateway-error.ts';
import { startStandIn } from './stand-in.ts';
import type { StandIn } from './stand-in.ts';

const open: StandIn[] = [];
afterEach(async () => {
  for (const standIn of open.splice(0)) await standIn.close();
});

async function standIn() {
  const gateway = await startStandIn();
  open.push(gateway);
  return gateway;
}

test('a request nobody answers ends in time, and names itself', async () => {
  const gateway = await standIn();
  const client = await connectGateway(gateway);
  gateway.fault({ silent: true });
  await expect(client.call('health', {}, { timeoutMs: 50 })).rejects.toThrow(GatewayTimeout);
  client.close();
});

test('a request can be given up', async () => {
  const gateway = await standIn();
  const client = await connectGateway(gateway);
  gateway.fault({ silent: true });
  const controller = new AbortController();
  const call = client.call('health', {}, { signal: controller.signal });
  controller.abort(new Error('never mind'));
  await expect(call).rejects.toThrow('never mind');
  client.close();
});

test('a gateway that dies in the middle of a run fails the run with the close code', async () => {
  const gateway = await standIn();
  const client = await connectGateway(gateway);
  const run = client.run(
    { message: '#demo slow 100', sessionKey: 'agent:main:clawster:x', idempotencyKey: 'r1' },
    { onAccepted: () => gateway.drop() },
  );
  await expect(run).rejects.toMatchObject({ name: 'GatewayClosed', closeCode: 1006 });
  expect((await client.closed).closeCode).toBe(1006);
});

test('a restarting gateway closes with 1012, and is another one afterwards', async () => {
  const gateway = await standIn();
  const client = await connectGateway(gateway);
  gateway.restart();
  const closed = await client.closed;
  expect([closed.closeCode, isWorthAnotherTry(closed)]).toEqual([1012, true]);
  const again = await connectGatewayPatiently(gateway, { deadlineMs: 5_000 });
  expect(again.hello.server.bootId).not.toBe(client.hello.server.bootId);
  again.close();
});

test('a starting gateway is knocked at until it lets us in', async () => {
  const gateway = await standIn();
  gateway.fault({ starting: true });
  setTimeout(() => gateway.fault({}), 300);
  const client = await connectGatewayPatiently(gateway, { deadlineMs: 5_000 });
  await expect(client.call('health')).resolves.toMatchObject({ ok: true });
  client.close();
});

test('a wrong token is not tried again', async () => {
  const gateway = await standIn();
  const startedAt = Date.now();
  await expect(connectGatewayPatiently({ port: gateway.port, token: 'wrong' }, { deadlineMs: 30_000 })).rejects.toThrow(
    'token mismatch',
  );
  expect(Date.now() - startedAt).toBeLessThan(10_000);
});

test('asking over a closed connection fails at once', async () => {
  const gateway = await standIn();
  const client = await connectGateway(gateway);
  client.close();
  await client.closed;
  await expect(client.call('health')).rejects.toThrow(GatewayClosed);
});
