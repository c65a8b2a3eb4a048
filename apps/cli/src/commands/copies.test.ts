import { expect, test } from 'vitest';
import { cliAt } from '../testing/cli-at.ts';

const target = {
  id: '3f6f3f0e-6f43-4d53-9c38-111111111111',
  name: 'This machine',
  kind: 'process',
  botCount: 1,
  createdAt: '2026-01-01T00:00:00Z',
};
const orphans = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ botId: `id-${index}`, name: `Bot-${index}` }));

test.each([
  ['none', [], 'health', undefined],
  [
    'one',
    orphans(1),
    '1 bot that this Clawster does not know: Bot-0 (id-0).',
    'clawster target orphans "This machine"',
  ],
  ['many', orphans(12), '12 bots that this Clawster does not know', 'and 2 more'],
] as const)('targets are listed with the bots nobody knows: %s', async (_, found, text, also) => {
  const { run } = await cliAt({ 'targets.list': () => ({ items: [{ ...target, orphans: found }], total: 1 }) });
  const { stdout } = await run(['target', 'list']);
  expect(stdout.toLowerCase()).toContain(text.toLowerCase());
  expect(stdout.includes('does not know')).toBe(found.length > 0);
  if (also) expect(stdout).toContain(also);
});

test('a server that a newer copy has overtaken says so in its status', async () => {
  const overtaken = 'A newer copy of this Clawster is at work';
  const { run } = await cliAt({
    'system.status': () => ({ product: 'clawster', version: '0.1.0', setup: 'done', overtaken }),
    'bots.list': () => ({ items: [], total: 0 }),
  });
  expect((await run(['status'])).stdout).toContain(overtaken);
  expect(JSON.parse((await run(['status', '--json'])).stdout)).toMatchObject({ server: { ok: true, overtaken } });
});
