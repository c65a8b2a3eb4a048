import { expect, test } from 'vitest';
import { pnpmProgress } from './pnpm-progress.ts';

test('progress counts packages, and tells of the last large download in megabytes', () => {
  const follow = pnpmProgress('OpenClaw', 102);
  const line = (value: object) => follow(JSON.stringify({ level: 'debug', ...value }));
  line({ name: 'pnpm:skipped-optional-dependency' });
  line({ name: 'pnpm:skipped-optional-dependency' });
  line({ name: 'pnpm:fetching-progress', status: 'started', packageId: 'openclaw@1', size: 95e6 });
  for (let count = 0; count < 98; count++) line({ name: 'pnpm:progress', status: 'fetched', packageId: 'small@1' });
  expect(line({ name: 'pnpm:progress', status: 'fetched', packageId: 'small@1' })).toMatchObject({
    message: 'Downloading OpenClaw: 0 of 95 MB of openclaw',
  });
  expect(
    line({ name: 'pnpm:fetching-progress', status: 'in_progress', packageId: 'openclaw@1', downloaded: 40e6 }),
  ).toMatchObject({ message: 'Downloading OpenClaw: 40 of 95 MB of openclaw' });
  const fetched = line({ name: 'pnpm:progress', status: 'fetched', packageId: 'openclaw@1' });
  expect(fetched).toMatchObject({ message: 'Putting OpenClaw in place: 0 of 100 packages', progress: 0.75 });
});

test('what may explain a failure is kept, the rest is noise', () => {
  const follow = pnpmProgress('OpenClaw', 1);
  expect(follow(JSON.stringify({ name: 'pnpm', level: 'error', message: 'no' }))).toBeUndefined();
  expect(follow(JSON.stringify({ name: 'pnpm:request-retry', level: 'debug', error: {} }))).toBeUndefined();
  expect(follow('pnpm panicked')).toBeUndefined();
  expect(follow(JSON.stringify({ name: 'pnpm:summary', level: 'debug' }))).toBe('noise');
});
