import { expect, test } from 'vitest';
import { botOf } from '../../testing/bot.ts';
import { cliAt } from '../../testing/cli-at.ts';
import { Refused } from '../../testing/server.ts';

const template = {
  id: 'support',
  name: 'Support',
  summary: '',
  builtIn: true,
  version: 3,
  botCount: 2,
  outdatedCount: 2,
};
const outdated = ['ada', 'bea'].map((name, index) => {
  const bot = botOf({ name, id: `3f6f3f0e-6f43-4d53-9c38-00000000000${index}` });
  return { ...bot, spec: { ...bot.spec, template: { id: 'support', version: index + 1, variables: {} } } };
});

test('every bot of an older version is upgraded by itself, and who could not is named', async () => {
  const { run, server } = await cliAt({
    'templates.list': () => ({ items: [template] }),
    'bots.list': () => ({ items: outdated, total: 2 }),
    'bots.update': ({ botId }: { botId: string }) => {
      if (botId === outdated[0]?.id) throw new Refused('refused', 422, 'It asks for a city now: answer it');
      return outdated[1];
    },
  });
  const { code, stderr } = await run(['template', 'upgrade', 'support', '--reason', 'Newer']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/ada +1 → 3 +It asks for a city now/);
  expect(stderr).toMatch(/bea +2 → 3 +upgraded/);
  expect(stderr).toContain('1 of 2 bots could not be upgraded; the others were.');
  expect(server.calls.find(({ name }) => name === 'bots.list')?.input).toMatchObject({
    templateId: 'support',
    templateBefore: 3,
  });
  expect(server.calls.at(-1)?.input).toMatchObject({ template: { id: 'support' }, reason: 'Newer' });
});

test('where all have the newest version, that is said', async () => {
  const { run } = await cliAt({
    'templates.list': () => ({ items: [template] }),
    'bots.list': () => ({ items: [], total: 0 }),
  });
  expect(await run(['template', 'upgrade', 'support'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('All bots made from it have the newest version.'),
  });
});
