import { GatewayError } from '@clawster/gateway/gateway-error';
import { expect, test } from 'vitest';
import { Failures } from './failures.ts';
import type { Host } from './host.ts';
import { prove } from './prove.ts';
import { createStatus } from './status.ts';
import { configuration } from './testing/configuration.ts';

// F15: what the gateway asks for is waited for, whatever our own back-off says.

const busy = new GatewayError({ code: 'UNAVAILABLE', message: 'busy', retryable: true, retryAfterMs: 51_000 });

function failingHost() {
  const host = {
    status: createStatus(() => undefined),
    spool: { add: () => undefined },
    log: () => undefined,
    modelGateway: { lastFailure: () => undefined },
    timing: { calmMs: 1 },
  } as unknown as Host;
  return { host, failures: new Failures(host) };
}

test('a step that was refused for a while is not taken again before that', () => {
  const { failures } = failingHost();
  failures.add({ failure: { sentence: 'busy', kind: 'other' }, hasCrashed: false, retryAfterMs: 51_000 });
  expect(failures.retry.waitMs()).toBeGreaterThan(50_000);
});

test('a gateway that refuses the first turn for a while is not asked again before that', async () => {
  const { host, failures } = failingHost();
  const client = { run: () => Promise.reject(busy) };
  const running = { process: { hasExited: () => false }, link: { client: async () => client } } as never;
  const proof = { running, wanted: configuration(), signal: AbortSignal.timeout(5_000), isCurrent: () => true };
  await prove(host, failures, proof);
  expect(failures.retry.waitMs()).toBeGreaterThan(50_000);
});
