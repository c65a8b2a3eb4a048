import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { connectGateway, type GatewayAddress } from '@clawster/gateway/client';
import { startRealGateway } from '../../apps/supervisor/src/testing/real-gateway.ts';
import { bundle } from '../support/bundle.ts';
import { serve } from '../support/served.ts';

/** The gateway of the bots that are asked, and a connection to it. */
export type Direct = AsyncDisposable & {
  /** One turn in a conversation of its own; returns what the bot says. */
  ask(message: string): Promise<string>;
};

/** The stand-in, whose model answers at once, or the real OpenClaw with the demo model; each in a process of its own. */
export async function startDirect(kind: string): Promise<Direct> {
  const { stop, ...address } = await (kind === 'real' ? startRealGateway() : startStandInGateway());
  const client = await connectGateway(address);
  return {
    async ask(message) {
      const id = randomUUID();
      const run = { message, sessionKey: `agent:main:${id}`, idempotencyKey: id, deliver: false, timeout: 60 };
      const { status, result } = await client.run(run, { timeoutMs: 60_000 });
      if (status !== 'ok') throw new Error(`The turn ended with ${status}`);
      return (result?.payloads ?? []).map(({ text = '' }) => text).join('');
    },
    async [Symbol.asyncDispose]() {
      client.close();
      await stop();
    },
  };
}

async function startStandInGateway(): Promise<GatewayAddress & { stop(): Promise<void> }> {
  const { url, setupToken = '', stop } = await serve(await bundle(join(import.meta.dirname, 'gateway.ts')));
  return { port: Number(url.port), token: setupToken, stop };
}
