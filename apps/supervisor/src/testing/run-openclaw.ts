import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { InstalledRuntime } from '@clawster/runtime/store';

/** A busy machine takes its time to start a Node of 400 MB. */
const timeoutMs = 5 * 60_000;

/** Runs a command of the installed OpenClaw in a home of its own, without network; what it says, also when it fails. */
export async function runOpenclaw(
  runtime: InstalledRuntime,
  words: string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const home = await mkdtemp(join(tmpdir(), 'clawster-openclaw-'));
  const openclaw = join(runtime.directory, 'node_modules/openclaw/openclaw.mjs');
  const env = {
    PATH: dirname(runtime.node),
    HOME: home,
    TMPDIR: home,
    OPENCLAW_STATE_DIR: join(home, 'state'),
    OPENCLAW_OFFLINE: '1',
    NODE_COMPILE_CACHE: runtime.compileCacheDirectory,
    // As bots run it: without this it starts itself a second time, with a cache that is empty each time.
    OPENCLAW_PACKAGED_COMPILE_CACHE_RESPAWNED: '1',
    ...environment,
  };
  try {
    const options = { env, timeout: timeoutMs, maxBuffer: 64e6 };
    return { code: 0, ...(await promisify(execFile)(runtime.node, [openclaw, ...words], options)) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: number; stdout?: string; stderr?: string };
    if (typeof code !== 'number') throw error;
    return { code, stdout: stdout ?? '', stderr: stderr ?? '' };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** The configuration schema as the installed OpenClaw prints it. */
export async function printSchema(runtime: InstalledRuntime): Promise<unknown> {
  const { code, stdout, stderr } = await runOpenclaw(runtime, ['config', 'schema']);
  if (code !== 0) throw new Error(`OpenClaw ${runtime.version} did not print its schema: ${stderr}`);
  return JSON.parse(stdout);
}
