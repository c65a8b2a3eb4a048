import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { run } from '../run.ts';
import type { World } from '../world.ts';

export type Ran = { code: number; stdout: string; stderr: string };

/** A command line in an empty home, without a terminal. */
export async function testCli(env: Record<string, string> = {}) {
  const home = await mkdtemp(join(tmpdir(), 'clawster-cli-'));
  return {
    home,
    async run(
      argv: string[],
      { stdin = '', signal = new AbortController().signal }: { stdin?: string; signal?: AbortSignal } = {},
    ): Promise<Ran> {
      const ran = { code: 0, stdout: '', stderr: '' };
      const world: World = {
        env: { HOME: home, ...env },
        stdin: Readable.from([stdin]) as NodeJS.ReadStream,
        stdout: { write: (text) => (ran.stdout += text) },
        stderr: { write: (text) => (ran.stderr += text) },
        interactive: false,
      };
      ran.code = await run(argv, world, signal);
      return ran;
    },
    remove: () => rm(home, { recursive: true, force: true }),
  };
}
