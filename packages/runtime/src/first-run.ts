import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** The first run took 14 s on a drowned machine; later ones take 1 s. */
const timeoutMs = 5 * 60_000;

/**
 * Runs OpenClaw once, so that no bot has to: its first command finishes the installation (it prunes its own folder,
 * and needs no network), which bots that start together would wait for. It also shows that it runs on this machine.
 */
export async function firstRun(directory: string, { version, node }: { version: string; node: string }): Promise<void> {
  const home = join(directory, '.first-run');
  await mkdir(home);
  const environment = {
    PATH: dirname(node),
    HOME: home,
    TMPDIR: home,
    OPENCLAW_STATE_DIR: join(home, 'state'),
    OPENCLAW_OFFLINE: '1',
  };
  const openclaw = join(directory, 'node_modules/openclaw/openclaw.mjs');
  try {
    const { stdout } = await promisify(execFile)(node, [openclaw, '--version'], {
      env: environment,
      timeout: timeoutMs,
    });
    if (!stdout.includes(version)) throw new Error(`it says it is ${stdout.trim()}`);
  } catch (cause) {
    const words = (cause as { stderr?: string }).stderr?.trim().split('\n').at(-1) || (cause as Error).message;
    throw new Error(`OpenClaw ${version} was downloaded, and does not run on this machine: ${words}`, { cause });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
