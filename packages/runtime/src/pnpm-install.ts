import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { identify } from './process-identity.ts';
import { installError } from './install-error.ts';
import type { Lockfile } from './lockfile.ts';
import { pnpmBinary } from './pnpm-binary.ts';
import { pnpmProgress } from './pnpm-progress.ts';
import type { InstallProgress } from './store.ts';

export type PnpmInstall = {
  /** What is installed, in a word or two for people. */
  label: string;
  lockfile: Lockfile;
  /** Made anew; `node_modules` appears in it. */
  directory: string;
  storeDirectory: string;
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
  onProgress: (progress: InstallProgress) => void;
};

/** Names the pnpm that fills a folder, so that one left by a killed process can be ended. */
export const pnpmOwnerFile = '.pnpm-process.json';

const settings = [
  'packages: []',
  // OpenClaw looks for its plugins' packages in a flat node_modules.
  'nodeLinker: hoisted',
  // Age and trust were judged when the lockfile was made; checking again would ask for 371 documents.
  'minimumReleaseAge: 0',
  'fetchRetries: 2',
  'fetchRetryMintimeout: 500',
  'fetchRetryMaxtimeout: 5000',
  'sideEffectsCache: false',
  'updateNotifier: false',
  '',
].join('\n');

/** Installs exactly what the lockfile says, each package checked against its checksum, no package's script run. */
export async function pnpmInstall(install: PnpmInstall): Promise<void> {
  const { directory, lockfile } = install;
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'package.json'), lockfile.packageJson);
  await writeFile(join(directory, 'pnpm-lock.yaml'), lockfile.lock);
  await writeFile(join(directory, 'pnpm-workspace.yaml'), settings);
  const { exitCode, output } = await runPnpm(install);
  install.signal.throwIfAborted();
  if (exitCode !== 0) throw installError(install.label, output);
}

async function runPnpm(install: PnpmInstall): Promise<{ exitCode: number | null; output: string }> {
  const child = spawn(
    pnpmBinary(),
    ['install', '--frozen-lockfile', '--ignore-scripts', '--reporter=ndjson', '--store-dir', install.storeDirectory],
    { cwd: install.directory, env: { ...install.environment, CI: 'true' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const stop = () => child.kill('SIGKILL');
  install.signal.addEventListener('abort', stop);
  try {
    const exited = new Promise<number | null>((resolve, reject) => {
      child.on('close', resolve);
      child.on('error', reject);
    });
    const reading = Promise.all([child.stdout, child.stderr].map((stream) => readOutput(stream, install)));
    reading.catch(() => undefined);
    await rememberOwner(install.directory, child.pid);
    const exitCode = await exited;
    return { exitCode, output: (await reading).join('\n') };
  } finally {
    install.signal.removeEventListener('abort', stop);
  }
}

async function rememberOwner(directory: string, pid: number | undefined): Promise<void> {
  const owner = pid === undefined ? undefined : await identify(pid);
  if (owner) await writeFile(join(directory, pnpmOwnerFile), JSON.stringify(owner));
}

/** Tells progress as it comes, and keeps what is not progress: the end of it explains a failure. */
async function readOutput(
  stream: NodeJS.ReadableStream,
  { label, lockfile, onProgress }: PnpmInstall,
): Promise<string> {
  const kept: string[] = [];
  const follow = pnpmProgress(label, lockfile.packageCount);
  for await (const line of createInterface({ input: stream })) {
    const progress = follow(line);
    if (progress === 'noise') continue;
    if (progress === undefined) kept.push(line);
    else onProgress(progress);
    if (kept.length > 100) kept.shift();
  }
  return kept.join('\n');
}
