import type { AuditView } from '@clawster/contract/audit-view';
import { expect, test } from 'vitest';
import { cliAt } from '../../testing/cli-at.ts';

const view = (name: string, more: Partial<AuditView>): AuditView => ({
  id: `3f6f3f0e-6f43-4d53-9c38-00000000000${more.shared ? 1 : 2}`,
  name,
  filter: {},
  shared: false,
  createdAt: '2026-01-01T00:00:00Z',
  ...more,
});
const items = [
  view('Refused', { shared: true, filter: { outcome: 'refused' } }),
  view('Refused', { filter: { noun: 'session', outcome: 'refused', range: 'day' } }),
];

async function cliWith() {
  return cliAt({
    'auditViews.list': () => ({ items }),
    'auditViews.create': ({ name, filter, shared }: AuditView) => view(name, { filter, shared }),
    'auditViews.delete': () => ({}),
    'events.list': () => ({ items: [], total: 0 }),
  });
}

test('views are listed with what they show', async () => {
  const { run } = await cliWith();
  const { stdout } = await run(['audit-view', 'list']);
  expect(stdout).toMatch(/Refused +the workspace +outcome refused/);
  expect(stdout).toMatch(/Refused +you +noun session, outcome refused, range day/);
});

test('a filter is kept under a name', async () => {
  const { run, server } = await cliWith();
  const argv = ['audit-view', 'create', 'By keys', '--by', 'api-key', '--range', 'week', '--shared'];
  expect((await run(argv)).stdout).toContain('The view By keys is kept for the workspace.');
  expect(server.calls.at(-1)?.input).toMatchObject({
    name: 'By keys',
    shared: true,
    filter: { actorKind: 'api-key', range: 'week' },
  });
});

test('events are listed as one’s own view shows them, and what is said wins over it', async () => {
  const { run, server } = await cliWith();
  await run(['event', 'list', '--view', 'refused', '--outcome', 'failed']);
  const input = server.calls.at(-1)?.input as { since: string } | undefined;
  expect(input).toMatchObject({ noun: 'session', outcome: 'failed' });
  expect(Math.abs(Date.now() - 86_400_000 - Date.parse(input?.since ?? ''))).toBeLessThan(60_000);
});

test('a view that is not there is named, with how to see which are', async () => {
  const { run } = await cliWith();
  const { code, stderr } = await run(['event', 'list', '--view', 'Nightly']);
  expect(code).not.toBe(0);
  expect(stderr).toContain('clawster audit-view list');
});

test('a view is deleted by its name', async () => {
  const { run, server } = await cliWith();
  expect((await run(['audit-view', 'delete', 'Refused'])).stdout).toContain('The view Refused is deleted.');
  expect(server.calls.at(-1)).toMatchObject({ name: 'auditViews.delete', input: { viewId: items[1]?.id } });
});
