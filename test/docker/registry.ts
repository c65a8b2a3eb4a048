import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { namespaceFile } from './engine-process.ts';

/** Debian's docker-registry. */
export const registryProgram = '/usr/bin/docker-registry';

/** Starts a registry in the folder and in an engine's network, on an address that it believes without TLS. */
export async function startRegistry(
  folder: string,
  namespace: string,
): Promise<{ host: string; stop(): Promise<void> }> {
  const host = '127.0.0.1:5000';
  const file = join(folder, 'registry.yml');
  await writeFile(
    file,
    `version: 0.1
storage: {filesystem: {rootdirectory: ${join(folder, 'registry')}}}
http: {addr: "${host}"}
log: {level: info}
`,
  );
  const words = [`--net=${namespaceFile(namespace)}`, registryProgram, 'serve', file];
  const registry = spawn('nsenter', words, { stdio: ['ignore', 'ignore', 'pipe'] });
  // Its first words are that it listens.
  await once(registry.stderr, 'data');
  return {
    host,
    async stop() {
      const ended = once(registry, 'exit');
      registry.kill();
      await ended;
    },
  };
}
