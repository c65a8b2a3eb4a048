import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { testRuntime } from './testing.ts';
import { recommendedVersion } from './versions.ts';

test('the OpenClaw that was installed says its version', { timeout: 20 * 60_000 }, async () => {
  const runtime = await testRuntime();
  const home = await mkdtemp(join(tmpdir(), 'clawster-openclaw-'));
  try {
    const openclaw = join(runtime.directory, 'node_modules/openclaw/openclaw.mjs');
    const environment = { PATH: process.env['PATH'], HOME: home, OPENCLAW_STATE_DIR: join(home, 'state') };
    const { stdout } = await promisify(execFile)(runtime.node, [openclaw, '--version'], { env: environment });
    expect(stdout).toContain(`OpenClaw ${recommendedVersion}`);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});
