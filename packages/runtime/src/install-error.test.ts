import { expect, test } from 'vitest';
import { explainFileError, installError } from './install-error.ts';

// What pnpm 12.21 was seen to say, shortened.
const retry = (message: string, code: string) =>
  JSON.stringify({ name: 'pnpm:request-retry', level: 'debug', error: { message, code } });
const failed = (message: string) =>
  JSON.stringify({ name: 'pnpm', level: 'error', message: `installing dependencies: ${message}` });

test.each([
  [
    'a full disk',
    failed('Failed to write cafs: Failed to write to file: No space left on device (os error 28)'),
    /disk is full.*Free about 1\.5 GB/,
  ],
  [
    'a folder of somebody else',
    failed('Failed to create directory: Permission denied (os error 13)'),
    /may not write to its data folder/,
  ],
  [
    'a tampered package',
    retry(
      'Failed to verify the integrity of http://x/openclaw.tgz: Integrity check failed.',
      'ERR_PNPM_TARBALL_INTEGRITY',
    ),
    /refused.*Check the registry or proxy/,
  ],
  [
    'no name service',
    retry(
      'client error (Connect): dns error: error resolving DNS: failed to lookup address information',
      'ERR_PNPM_FETCH',
    ),
    /name was not found/,
  ],
  [
    'a closed port',
    retry('client error (Connect): tcp connect error: Connection refused (os error 111)', 'ERR_PNPM_FETCH'),
    /does not accept connections/,
  ],
  [
    'a package that is not there',
    failed('Tarball server returned HTTP 404 for http://x/openclaw.tgz'),
    /does not have all its packages/,
  ],
  ['wrong credentials', failed('Tarball server returned HTTP 401 for http://x/openclaw.tgz'), /refused access \(401\)/],
  ['a silent registry', retry('Failed to fetch: operation timed out', 'ERR_PNPM_FETCH'), /did not answer in time/],
  [
    'something new',
    failed('the moon is full'),
    /could not be installed: installing dependencies: the moon is full\. Try again/,
  ],
  ['silence', '', /pnpm ended without saying why/],
])('%s is told with what to do', (_, output, sentence) => {
  const error = installError('OpenClaw 2026.9.6', output);
  expect(error.message).toMatch(sentence);
  expect((error.cause as Error).message).toBe(output);
});

test('a full disk met by ourselves gets the same sentence', async () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, copyfile'), { code: 'ENOSPC' });
  await expect(explainFileError('OpenClaw 2026.9.6', Promise.reject(full))).rejects.toThrow('The disk is full');
});
