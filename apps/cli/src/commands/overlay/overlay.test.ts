import type { Overlay } from '@clawster/contract/overlay';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { cliAt } from '../../testing/cli-at.ts';

const overlay: Overlay = {
  id: '3f6f3f0e-6f43-4d53-9c38-000000000001',
  name: 'Holiday',
  reason: 'We are away',
  selector: { team: 'support' },
  priority: 100,
  settings: { identity: { style: 'Say that we are back on Monday.' } },
  expiresAt: '2026-12-31T00:00:00Z',
  version: 3,
  botCount: 2,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};
const cli = () =>
  cliAt({
    'overlays.list': () => ({ items: [overlay], total: 1 }),
    'overlays.create': () => overlay,
    'overlays.update': () => ({ ...overlay, version: 4 }),
    'overlays.delete': () => ({}),
    'configurations.preview': () => ({ concerned: 2, changed: 2, hot: 2, restart: 0, refused: 0, bots: [] }),
  });
/** For how long the overlay in the last call is to lie. */
function hoursOf({ calls }: { calls: { input: unknown }[] }): number {
  const { expiresAt } = z.object({ expiresAt: z.string() }).parse(calls.at(-1)?.input);
  return Math.round((Date.parse(expiresAt) - Date.now()) / 3_600_000);
}

test('an overlay is shown with whom it is for, until when, why, and what it says', async () => {
  const { run } = await cli();
  expect((await run(['overlay', 'show', 'holiday'])).stdout.trimEnd().split('\n')).toEqual([
    'Holiday, version 3, priority 100, for bots with team=support: 2',
    'Until 2026-12-31T00:00:00Z. We are away',
    'identity:',
    '  style: Say that we are back on Monday.',
  ]);
});

test('hours are counted from now, and never takes the end away', async () => {
  const { run, server } = await cli();
  const settings = ['--settings', '{identity: {style: Away}}'];
  expect((await run(['overlay', 'create', 'Now', '--labels', 'a=b', ...settings, '--hours', '24'])).code).toBe(0);
  expect(hoursOf(server)).toBe(24);
  expect((await run(['overlay', 'update', 'Holiday', '--hours', '2'])).stdout).toContain('version 4');
  expect(hoursOf(server)).toBe(2);
  await run(['overlay', 'update', 'Holiday', '--hours', 'never', '--reason', 'For good']);
  expect(server.calls.at(-1)?.input).toEqual({ overlayId: overlay.id, expiresAt: null, reason: 'For good' });
  expect((await run(['overlay', 'update', 'Holiday', '--hours', 'soon'])).code).toBe(2);
});

test('what a change would do is shown, and nothing is changed; a change of nothing is no change', async () => {
  const { run, server } = await cli();
  const { stdout } = await run(['overlay', 'update', 'Holiday', '--priority', '7', '--dry-run']);
  expect(stdout).toContain('2 would change: 2 while running');
  expect(server.calls.at(-1)).toMatchObject({
    name: 'configurations.preview',
    input: { proposed: { kind: 'overlay', overlayId: overlay.id, change: { priority: 7 } } },
  });
  const nothing = await run(['overlay', 'update', 'Holiday']);
  expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('Name what to change')]);
});

test('an overlay is taken away by its name; one that is not there is told', async () => {
  const { run, server } = await cli();
  expect((await run(['overlay', 'delete', 'Holiday'])).stdout).toContain('is taken away');
  expect(server.calls.at(-1)?.input).toEqual({ overlayId: overlay.id });
  expect((await run(['overlay', 'delete', 'Easter'])).stderr).toContain('clawster overlay list');
});
