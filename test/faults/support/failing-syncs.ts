import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Why no system call can be made to fail here, in a sentence; undefined when it can. */
export async function whyNoFailingSyncs(): Promise<string | undefined> {
  const run = promisify(execFile);
  return run('strace', ['-qq', '-e', 'trace=none', 'true'])
    .then(() => attachesToStrangers())
    .catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? 'strace is missing (Debian: apt-get install strace)' : 'strace may trace nothing here',
    );
}

/** PostgreSQL is no child of ours: some kernels let strace look at its own children alone. */
async function attachesToStrangers(): Promise<string | undefined> {
  const stranger = spawn('sleep', ['10'], { detached: true, stdio: 'ignore' });
  const strace = spawn('strace', ['-qq', '-e', 'trace=none', '-p', String(stranger.pid)], { stdio: 'ignore' });
  const refused = once(strace, 'exit').then(() => true);
  const isRefused = await Promise.race([refused, sleep(500).then(() => false)]);
  strace.kill();
  stranger.kill();
  return isRefused ? 'strace may not attach to a running process here' : undefined;
}

/**
 * From now on no child this process has can make anything safe on the disk: each of its syncs fails. Those it starts later
 * can; the process itself is left alone, for one that is traced may not hear of its children's ends. `over`: none is left.
 */
export async function failSyncs(pid: number): Promise<{ over: Promise<unknown>; stop(): void }> {
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ');
  const words = ['-qq', '-o', '/dev/null', '-e', 'trace=fsync,fdatasync', '-e', 'inject=fsync,fdatasync:error=EIO'];
  const strace = spawn('strace', [...words, ...children.flatMap((one) => ['-p', one])], { stdio: 'ignore' });
  return { over: once(strace, 'exit'), stop: () => void strace.kill() };
}
