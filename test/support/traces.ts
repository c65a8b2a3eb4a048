import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The files below these folders that hold this text, as it is or in base64. */
export async function filesWith(text: string, folders: string[]): Promise<string[]> {
  const patterns = [text, Buffer.from(text).toString('base64').replace(/=+$/, '')].flatMap((one) => ['-e', one]);
  // grep ends with 1 when it found nothing.
  const { stdout } = await run('grep', ['-rlaF', ...patterns, ...folders]).catch((error: { stdout?: string }) => ({
    stdout: error.stdout ?? '',
  }));
  return stdout.split('\n').filter(Boolean);
}

/** The processes that were started with something below this folder in their environment. */
export async function processesOf(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      if (!environment.includes(folder)) return [];
      return [
        `${pid} ${(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ').trim()}`,
      ];
    }),
  );
  return found.flat();
}
