import { randomUUID } from 'node:crypto';
import type { ConnectedTarget } from '@clawster/target/target';
import { parseConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { startServer } from '../start-server.ts';
import { standInsFor } from './stand-ins.ts';

/** A whole server in a process of its own, so that a test can kill it; its host is the test's, asked over the channel. */
const waiting = new Map<string, PromiseWithResolvers<unknown>>();

function ask(method: string, parameters: unknown[]): Promise<unknown> {
  const id = randomUUID();
  const answer = Promise.withResolvers<unknown>();
  waiting.set(id, answer);
  process.send?.({ type: 'host', id, method, parameters });
  return answer.promise;
}

process.on('message', (message: { id: string; result?: unknown; error?: string }) => {
  const answer = waiting.get(message.id);
  waiting.delete(message.id);
  if (message.error === undefined) answer?.resolve(message.result);
  else answer?.reject(new Error(message.error));
});

const host = Object.fromEntries(
  ['probe', 'inspect', 'apply', 'stop', 'remove', 'logs'].map((method) => [
    method,
    (...parameters: unknown[]) => ask(method, parameters),
  ]),
) as unknown as ConnectedTarget;

const standIns = standInsFor(host, Number(process.env['STARTS_AT_ONCE_MAX'] ?? 8));
const server = await startServer(parseConfig(process.env), createLog('info'), standIns);
process.on('SIGTERM', () => {
  void server.stop().then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(1));
process.send?.({ type: 'ready', url: server.url, setupToken: server.setupToken });
