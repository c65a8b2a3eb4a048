import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultInstallation } from './installation.ts';
import { ask } from './watch-server.ts';

/** Reads of the secrets that go on until `stop`, about a hundred each second. */
export type SecretReads = {
  /** The server is about to be killed: a read that was begun may stay without an answer. */
  goesDown(): void;
  isUp(): void;
  /** How many were answered, and those that should have been and were not, or were answered with an error. */
  stop(): Promise<{ reads: number; failed: string[] }>;
};

const readersCount = 10;
const pauseMs = 90;

/** Reads the list and the one secret in turn, as ten people who look at them. */
export function readSecrets({ servers, apiKey }: FaultInstallation, secretId: string): SecretReads {
  const [server] = servers;
  if (!server) throw new Error('A server is needed');
  const paths = ['/api/v1/secrets', `/api/v1/secrets/${secretId}`];
  const failed: string[] = [];
  let reads = 0;
  let isUp = true;
  // Counted, so that a read is known to have been under way while there was no server, however briefly.
  let downs = 0;
  let isOver = false;
  const readOn = async (path: string) => {
    while (!isOver) {
      const before = { isUp, downs };
      const { status } = await ask(server, path, apiKey);
      if (status === 200) reads += 1;
      else if (status !== 0 || (before.isUp && before.downs === downs))
        failed.push(`${path}: ${status || 'no answer'}`);
      await sleep(pauseMs);
    }
  };
  const readers = Array.from({ length: readersCount }, (_, index) => readOn(paths[index % paths.length] as string));
  return {
    goesDown() {
      isUp = false;
      downs += 1;
    },
    isUp: () => void (isUp = true),
    async stop() {
      isOver = true;
      await Promise.all(readers);
      return { reads, failed };
    },
  };
}
