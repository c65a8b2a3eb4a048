import { setTimeout as sleep } from 'node:timers/promises';
import { startStandIn, type StandIn } from '@clawster/gateway/stand-in';
import { describe, test, type TestContext } from 'vitest';
import { openGatewayLink, waitMsAfter, type GatewayLink } from './gateway-link.ts';

// Most of it is waiting: all wait at once.

/** A link to a stand-in, and what it told of itself. */
async function linked({ onTestFinished }: TestContext, change: { token?: string } = {}) {
  const gateway = await startStandIn();
  onTestFinished(() => gateway.close());
  const downs: string[] = [];
  const told: [number | undefined, number][] = [];
  const address = () => ({ port: gateway.port, token: change.token ?? gateway.token });
  const link = openGatewayLink({ address, onUp: () => {}, onDown: (reason) => downs.push(reason) });
  onTestFinished(() => link.close());
  link.onEvent(({ seq }, missed) => told.push([seq, missed]));
  return { gateway, link, downs, told };
}

const knocksWithin = async (gateway: StandIn, ms: number) => {
  const before = gateway.knocks.length;
  await sleep(ms);
  return gateway.knocks.length - before;
};
const isUp = (link: GatewayLink) => link.client(10_000).then(() => true);

describe.concurrent('the link to a gateway', () => {
  test('a gateway that talks nonsense whenever it has let us in is tried later and later, not over and over', async (context) => {
    const { expect, onTestFinished } = context;
    const { gateway, link, downs } = await linked(context);
    await isUp(link);
    const talking = setInterval(() => {
      gateway.fault({ says: { text: '<html>', times: 1 } });
      gateway.fault({});
    }, 50);
    onTestFinished(() => clearInterval(talking));
    expect(await knocksWithin(gateway, 8_000)).toBeLessThanOrEqual(2);
    expect(downs.at(-1)).toBe('The gateway said what is no JSON, and the connection was ended');
  });

  test('a gateway that restarts is taken up again within moments', async (context) => {
    const { expect } = context;
    const { gateway, link } = await linked(context);
    await isUp(link);
    const since = Date.now();
    gateway.restart();
    await expect.poll(() => gateway.knocks.length).toBe(2);
    expect(await isUp(link)).toBe(true);
    expect(Date.now() - since).toBeLessThan(2_000);
  });

  test('a wrong token is tried three times in the first quarter of a minute at most', async (context) => {
    const { expect } = context;
    const { gateway, link, downs } = await linked(context, { token: 'wrong' });
    expect(await knocksWithin(gateway, 15_000)).toBeLessThanOrEqual(3);
    expect(new Set(downs)).toEqual(new Set(['unauthorized: gateway token mismatch (provide gateway auth token)']));
    await expect(link.client(50)).rejects.toThrow('The gateway does not answer: unauthorized: gateway token mismatch');
  });

  test('in any minute fewer than ten refusals come together, which is when OpenClaw locks out whoever knocks', ({
    expect,
  }) => {
    const shortest = (failures: number) => waitMsAfter(failures, new Error('token mismatch'), () => 0);
    const at = [0];
    for (let failures = 0; failures < 20; failures += 1) at.push((at.at(-1) ?? 0) + shortest(failures));
    const inTheMinuteFrom = (from: number) => at.filter((time) => time >= from && time < from + 60_000).length;
    expect(Math.max(...at.map(inTheMinuteFrom))).toBeLessThanOrEqual(6);
  });

  test('a gateway that asks for more time than we would wait is given it', async (context) => {
    const { expect } = context;
    const { gateway, link } = await linked(context);
    await isUp(link);
    const refusal = { code: 'UNAVAILABLE', message: 'suspending', retryable: true, retryAfterMs: 31_000 };
    gateway.fault({ refusal });
    gateway.restart();
    await expect.poll(() => gateway.knocks.length).toBe(2);
    expect(await knocksWithin(gateway, 9_000)).toBe(0);
  });

  test('what the gateway left out is told with the event after it', async (context) => {
    const { expect } = context;
    const { gateway, link, told } = await linked(context);
    const client = await link.client(10_000);
    const turn = (key: string) =>
      client.run({ message: '#demo text Good morning', sessionKey: 'agent:main:x', idempotencyKey: key });
    await turn('r1');
    const before = told.length;
    gateway.fault({ events: 'left-out' });
    await turn('r2');
    gateway.fault({});
    await turn('r3');
    expect(told.map(([, missed]) => missed).filter((missed) => missed > 0)).toEqual([expect.any(Number)]);
    expect(told[before]?.[1]).toBeGreaterThanOrEqual(before - 1);
  });
});
