import { expect, test } from 'vitest';
import { cliAt } from '../../testing/cli-at.ts';

const at = '2026-01-01T00:00:00Z';
const id = (digit: number) => `3f6f3f0e-6f43-4d53-9c38-${String(digit).repeat(12)}`;
const target = { id: id(1), name: 'Rack', kind: 'docker', botCount: 0, orphans: [], createdAt: at };
const orphan = { id: id(2), targetId: id(1), botId: id(3), name: 'Ada', runs: true, foundAt: at, isDoomed: false };
const theirs = { ...orphan, id: id(4), botId: 'b4', name: 'Eve', runs: false, installation: 'gone' };
const page = (...items: unknown[]) => ({ items, total: items.length });

async function world() {
  const asked: unknown[] = [];
  const { run } = await cliAt({
    'targets.list': () => page(target),
    'orphans.list': () => page(orphan, theirs),
    'orphans.adopt': (input: unknown) => (asked.push(input), { name: 'Ada', spec: { desired: 'stopped' } }),
    'orphans.destroy': (input: unknown) => (asked.push(input), { ...theirs, isDoomed: true }),
  });
  return { run, asked };
}

test('what lies on a target and nobody knows is listed, with whose it is', async () => {
  const { run } = await world();
  const { stdout } = await run(['target', 'orphans', 'Rack']);
  expect(stdout).toMatch(/Ada\s+\S+\s+yes\s+this one/);
  expect(stdout).toMatch(/Eve\s+b4\s+no\s+gone/);
});

test('one is adopted by its name or its id, and what to do next is said', async () => {
  const { run, asked } = await world();
  expect((await run(['target', 'adopt', 'Rack', 'Ada'])).stdout).toContain('clawster bot start Ada');
  await run(['target', 'adopt', 'Rack', 'b4', '--name', 'Eva', '--installation', 'gone', '--start']);
  expect(asked).toMatchObject([
    { orphanId: id(2), start: false },
    { orphanId: id(4), name: 'Eva', installation: 'gone', start: true },
  ]);
  expect((await run(['target', 'adopt', 'Rack', 'Bob'])).stderr).toContain('clawster target orphans');
});

test('nothing is destroyed before somebody says so', async () => {
  const { run, asked } = await world();
  expect((await run(['target', 'destroy-orphan', 'Rack', 'Eve', '--installation', 'gone'])).stderr).toContain('--yes');
  expect(asked).toEqual([]);
  await run(['target', 'destroy-orphan', 'Rack', 'Eve', '--installation', 'gone', '--yes']);
  expect(asked).toMatchObject([{ orphanId: id(4), installation: 'gone' }]);
});
