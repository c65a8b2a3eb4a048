import { describe, expect, test } from 'vitest';
import { cliAt } from '../../testing/cli-at.ts';

const deploys = {
  id: '3f6f3f0e-6f43-4d53-9c38-666666666666',
  name: 'Deploys',
  description: 'From CI',
  role: 'operator',
  apiKeyCount: 2,
  createdAt: '2026-01-01T00:00:00Z',
};
const keyOf = (id: string, more = {}) => ({
  id: `3f6f3f0e-6f43-4d53-9c38-${id.repeat(12)}`,
  name: 'ci',
  prefix: 'claw_abcdefg',
  role: 'operator',
  isOwn: false,
  serviceAccount: { id: deploys.id, name: deploys.name },
  createdAt: '2026-01-01T00:00:00Z',
  expiresAt: '2099-01-01T00:00:00Z',
  ...more,
});
const page = <Item>(...items: Item[]) => ({ items, total: items.length });
async function cliWith() {
  const asked: Record<string, unknown>[] = [];
  const note =
    <Answer>(answer: Answer) =>
    (input: Record<string, unknown>) => {
      asked.push(input);
      return answer;
    };
  const replaced = keyOf('1', { replacedBy: keyOf('2').id, expiresAt: '2098-01-02T03:04:05Z' });
  const cli = await cliAt({
    'serviceAccounts.list': () => page(deploys),
    'serviceAccounts.create': note(deploys),
    'serviceAccounts.update': note({ apiKeys: 1 }),
    'serviceAccounts.disable': note({}),
    'serviceAccounts.enable': note({}),
    'serviceAccounts.delete': note({ apiKeys: 2 }),
    'apiKeys.list': () => page(keyOf('2'), replaced),
    'apiKeys.create': note({ apiKey: keyOf('2'), value: 'claw_new' }),
    'apiKeys.rotate': note({ apiKey: keyOf('3'), value: 'claw_rotated' }),
    'apiKeys.revoke': note({}),
  });
  return { ...cli, asked };
}

describe('service-account', () => {
  const serviceAccountId = deploys.id;
  test.each([
    ['create', ['Deploys', '--role', 'operator'], { name: 'Deploys', role: 'operator' }, 'is there, as operator'],
    ['update', ['deploys', '--role', 'viewer'], { serviceAccountId, role: 'viewer' }, 'Revoked with it: 1 API key.'],
    ['disable', ['Deploys'], { serviceAccountId }, 'refused until it is enabled'],
    ['enable', [deploys.id], { serviceAccountId }, 'let in again'],
    ['delete', ['Deploys'], { serviceAccountId }, 'Revoked with it: 2 API keys.'],
  ])('%s asks for it and says what came of it', async (verb, words, input, sentence) => {
    const { run, asked } = await cliWith();
    const { code, stdout, stderr } = await run(['service-account', verb, ...words]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(asked).toMatchObject([input]);
    expect(stdout).toContain(sentence);
  });

  test('list tells role, keys and state', async () => {
    const { run } = await cliWith();
    expect((await run(['service-account', 'list'])).stdout).toMatch(/Deploys +operator +2 +enabled +From CI/);
  });

  test('update of nothing is refused, and so is a name that none has', async () => {
    const { run, asked } = await cliWith();
    expect((await run(['service-account', 'update', 'Deploys'])).code).toBe(2);
    const { code, stderr } = await run(['service-account', 'disable', 'Builds']);
    expect({ code, asked }).toEqual({ code: 1, asked: [] });
    expect(stderr).toContain('There is no service account named Builds');
  });
});

describe('api-key', () => {
  test('create makes a key of a service account by its name', async () => {
    const { run, asked } = await cliWith();
    const { stdout } = await run(['api-key', 'create', 'ci', '--role', 'operator', '--service-account', 'deploys']);
    expect(asked).toMatchObject([{ name: 'ci', role: 'operator', serviceAccountId: deploys.id }]);
    expect(stdout).toBe('claw_new\n');
  });

  test('list tells whose a key is, and until when a replaced one is good', async () => {
    const { run } = await cliWith();
    const { stdout } = await run(['api-key', 'list']);
    expect(stdout).toMatch(/Deploys +2099-01-01/);
    expect(stdout).toMatch(/Deploys +replaced, until 2098-01-02T03:04Z/);
  });

  test('rotate takes the key that is current under a name, and prints the new value alone', async () => {
    const { run, asked } = await cliWith();
    const { code, stdout, stderr } = await run(['api-key', 'rotate', 'ci']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'claw_rotated\n' });
    expect(asked).toMatchObject([{ apiKeyId: keyOf('2').id, overlapHours: 24 }]);
    expect(stderr).toContain('ends in 24 hours');
    expect((await run(['api-key', 'rotate', 'ci', '--overlap-hours', '169'])).code).toBe(2);
  });
});
