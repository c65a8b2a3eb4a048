import { permissions } from '@clawster/contract/permission-list';
import { describe, expect, test } from 'vitest';
import { botOf } from '../../testing/bot.ts';
import { cliAt } from '../../testing/cli-at.ts';

const ada = botOf({ labels: { team: 'support' } });
const grace = {
  id: '3f6f3f0e-6f43-4d53-9c38-666666666666',
  name: 'Grace',
  email: 'grace@example.com',
  role: 'member',
  createdAt: '2026-01-01T00:00:00Z',
};
const page = <Item>(...items: Item[]) => ({ items, total: items.length });
async function cliWith(can = { allowed: true, reason: 'You may: the role owner has bot:chat', grounds: [] }) {
  const asked: Record<string, unknown>[] = [];
  const note =
    <Answer>(answer: Answer) =>
    (input: Record<string, unknown>) => {
      asked.push(input);
      return answer;
    };
  const binding = {
    id: '3f6f3f0e-6f43-4d53-9c38-777777777777',
    personId: grace.id,
    personName: grace.name,
    role: 'operator',
    bots: { labels: { team: 'support', env: 'live' } },
    createdAt: '2026-01-01T00:00:00Z',
  };
  const cli = await cliAt({
    'people.list': () => page(grace),
    'bots.list': () => page(ada),
    'bots.label': ({ labels }: { labels: Record<string, string> }) => note({ ...ada, labels })({ labels }),
    'roleBindings.create': note(binding),
    'roleBindings.list': () => page(binding),
    'access.can': note(can),
  });
  return { ...cli, asked };
}

describe('role bind', () => {
  test('gives a role for the bots with some labels', async () => {
    const { run, asked } = await cliWith();
    const { code, stdout } = await run([
      'role',
      'bind',
      'grace@example.com',
      'operator',
      '--labels',
      'team=support,env=live',
    ]);
    expect(code).toBe(0);
    expect(asked).toEqual([
      { personId: grace.id, role: 'operator', bots: { labels: { team: 'support', env: 'live' } } },
    ]);
    expect(stdout).toContain('Grace is operator for the bots with team=support, env=live now.');
  });

  test('gives it for one bot by name', async () => {
    const { run, asked } = await cliWith();
    await run(['role', 'bind', 'Grace', 'operator', '--bot', 'Ada']);
    expect(asked).toMatchObject([{ bots: { botId: ada.id } }]);
  });

  test.each([
    ['for neither', [], 'either --bot or --labels'],
    ['for both', ['--bot', 'Ada', '--labels', 'a=b'], 'either --bot or --labels'],
    ['for what is no selector', ['--labels', 'team'], 'name=value'],
  ])('is refused %s', async (_, options, sentence) => {
    const { run, asked } = await cliWith();
    const { code, stderr } = await run(['role', 'bind', 'Grace', 'operator', ...options]);
    expect({ code, asked }).toEqual({ code: 2, asked: [] });
    expect(stderr).toContain(sentence);
  });
});

test('role bindings tells who has what for which bots', async () => {
  const { run } = await cliWith();
  expect((await run(['role', 'bindings'])).stdout).toMatch(/Grace +operator +the bots with team=support, env=live/);
});

describe('can', () => {
  test('tells by which role, and ends with 0', async () => {
    const { run, asked } = await cliWith();
    const { code, stdout } = await run(['can', 'bot:chat', '--bot', 'Ada', '--person', 'Grace']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'You may: the role owner has bot:chat.\n' });
    expect(asked).toEqual([{ permission: 'bot:chat', botId: ada.id, personId: grace.id }]);
  });

  test('tells why not, and ends with 1, as JSON too', async () => {
    const no = { allowed: false, reason: 'You may not', grounds: [] };
    const { run } = await cliWith(no);
    expect(await run(['can', 'bot:chat'])).toMatchObject({ code: 1, stdout: '', stderr: 'You may not.\n' });
    const asJson = await run(['can', 'bot:chat', '--json']);
    expect({ code: asJson.code, answer: JSON.parse(asJson.stdout) as unknown }).toEqual({ code: 1, answer: no });
  });

  test('names the permissions there are to whoever asks for another', async () => {
    const { run } = await cliWith();
    const { code, stderr } = await run(['can', 'bot:fly']);
    expect(code).toBe(2);
    for (const permission of permissions) expect(stderr).toContain(permission);
  });
});

test('bot label sets some labels, takes others away, and leaves the rest', async () => {
  const { run, asked } = await cliWith();
  const { stdout } = await run(['bot', 'label', 'Ada', '--set', 'env=live,tier=1', '--remove', 'team']);
  expect(asked).toEqual([{ labels: { env: 'live', tier: '1' } }]);
  expect(stdout).toBe('Ada: env=live,tier=1\n');
});
