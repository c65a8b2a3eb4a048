import type { Configuration } from '@clawster/contract/configuration';
import { expect, test } from 'vitest';
import { botOf } from '../../testing/bot.ts';
import { cliAt } from '../../testing/cli-at.ts';

const bot = botOf();
const configuration: Configuration = {
  botId: bot.id,
  generation: 2,
  layers: [
    { kind: 'template', id: 'support', name: 'Support', version: 2 },
    { kind: 'own', name: 'Ada' },
  ],
  document: { tools: { allow: ['read'] } },
  files: { 'SOUL.md': '# Soul\n' },
  explained: [
    {
      path: 'openclaw.tools.allow',
      value: ['read'],
      contributions: [
        { layer: { kind: 'defaults', name: 'defaults' }, does: 'set', value: ['read', 'session_status'] },
        { layer: { kind: 'template', name: 'Support', version: 2 }, does: 'set', value: ['read'] },
        { layer: { kind: 'own', name: 'Ada' }, does: 'blocked', value: ['write'] },
      ],
      lockedBy: { kind: 'template', name: 'Support', version: 2 },
    },
  ],
  issues: [],
};
const templates = [
  { id: 'support', name: 'Support', summary: '', builtIn: true, version: 2, botCount: 1, outdatedCount: 0 },
];
const cli = () =>
  cliAt({
    'bots.list': () => ({ items: [bot], total: 1 }),
    'bots.create': () => bot,
    'bots.update': () => ({ ...bot, generation: 5 }),
    'configurations.get': () => configuration,
    'configurations.preview': () => ({ concerned: 1, changed: 0, hot: 0, restart: 0, refused: 0, bots: [] }),
    'revisions.compare': () => ({ since: 1, changes: [{ path: 'files["SOUL.md"]', before: 'a\nb', after: 'c' }] }),
    'revisions.rollBack': () => ({ ...bot, generation: 6 }),
    'templates.list': () => ({ items: templates }),
    'profiles.list': () => ({ items: [], total: 0 }),
  });

test('why a value is so is told from the layer that decided down to the lowest', async () => {
  const { run, server } = await cli();
  const { stdout } = await run(['bot', 'config', bot.name, '--explain', 'openclaw.tools.allow']);
  expect(stdout.trimEnd().split('\n')).toEqual([
    'openclaw.tools.allow = ["read"] (locked by template Support v2)',
    '    the bot itself says in vain ["write"]',
    '  → template Support v2 sets ["read"]',
    '    Clawster’s defaults sets ["read","session_status"]',
  ]);
  expect(server.calls.at(-1)?.input).toMatchObject({ path: 'openclaw.tools.allow' });
});

test('the whole is shown with its layers, or a file the model is told', async () => {
  const { run } = await cli();
  expect((await run(['bot', 'config', bot.name])).stdout).toContain('template Support v2, the bot itself');
  expect((await run(['bot', 'config', bot.name, '--file', 'SOUL.md'])).stdout).toBe('# Soul\n\n');
  expect((await run(['bot', 'config', bot.name, '--file', 'X'])).stdout).toContain('It has no X: see SOUL.md');
});

test('a bot is made from a template, with answers that keep their kind', async () => {
  const { run, server } = await cli();
  await run([
    'bot',
    'create',
    'Bea',
    '--template',
    'support@1',
    '--set',
    'company=Acme & Co',
    'minutes=5',
    'open=true',
  ]);
  expect(server.calls.at(-1)?.input).toMatchObject({
    template: { id: 'support', version: 1, variables: { company: 'Acme & Co', minutes: 5, open: true } },
  });
  const { code, stderr } = await run(['bot', 'create', 'Bea', '--set', 'a=b']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('--template')]);
});

test('a change of a bot is tried first, and lets go of a template by none', async () => {
  const { run, server } = await cli();
  expect((await run(['bot', 'update', bot.name, '--template', 'none', '--dry-run'])).stdout).toContain(
    '0 would change',
  );
  expect(server.calls.at(-1)).toMatchObject({
    name: 'configurations.preview',
    input: { proposed: { change: { template: null } } },
  });
  await run(['bot', 'update', bot.name, '--settings', '{skills: []}', '--reason', 'Less']);
  expect(server.calls.at(-1)).toMatchObject({
    name: 'bots.update',
    input: { settings: { skills: [] }, reason: 'Less' },
  });
});

test('a revision is shown by what it changed, and gone back to', async () => {
  const { run } = await cli();
  expect((await run(['bot', 'diff', bot.name, '2'])).stdout).toBe('files["SOUL.md"]\n  - a\n  - b\n  + c\n');
  expect((await run(['bot', 'rollback', bot.name, '1'])).stdout).toContain('revision 6');
});

test('a revision is shown whole, named, and its name taken away', async () => {
  const one = { number: 2, spec: bot.spec, document: configuration.document, files: configuration.files };
  const { run, server } = await cliAt({
    'bots.list': () => ({ items: [bot], total: 1 }),
    'revisions.get': () => one,
    'revisions.label': ({ label }: { label: string | null }) => ({ number: 2, ...(label ? { label } : {}) }),
  });
  expect(JSON.parse((await run(['bot', 'revision', bot.name, '2'])).stdout)).toMatchObject({
    document: configuration.document,
    files: configuration.files,
  });
  expect((await run(['bot', 'revision', bot.name, '2', '--label', 'launch'])).stdout).toBe('Revision 2 is launch.\n');
  expect((await run(['bot', 'revision', bot.name, '2', '--unlabel'])).stdout).toBe('Revision 2 has no name.\n');
  expect(server.calls.at(-1)?.input).toMatchObject({ number: 2, label: null });
  expect((await run(['bot', 'revision', bot.name, '2', '--unlabel', '--label', 'a'])).code).toBe(2);
});

test('whoever waits for a change waits until the gateway works by it, though it answers meanwhile', async () => {
  const wanted = { ...botOf(), generation: 2 };
  const seen = [1, 1, 2].map((observedGeneration) => ({ ...wanted, status: { ...wanted.status, observedGeneration } }));
  const { run, server } = await cliAt({
    'bots.list': () => ({ items: [bot], total: 1 }),
    'bots.get': () => (seen.length > 1 ? seen.shift() : seen[0]),
    'bots.update': () => wanted,
  });
  const { code, stderr } = await run(['bot', 'update', bot.name, '--personality', 'Be brief.', '--wait']);
  expect([code, stderr]).toEqual([0, expect.stringContaining('is ready after')]);
  expect(server.calls.filter(({ name }) => name === 'bots.get')).toHaveLength(3);
});

test('whoever waits for a change is told that OpenClaw refused it, while the bot works on', async () => {
  const degraded = botOf({ phase: 'degraded' });
  const asked = { ...degraded, generation: 3, status: { ...degraded.status, observedGeneration: 3 } };
  const revision = { number: 3, verdict: 'bad', verdictReason: 'OpenClaw refuses it' };
  const { run } = await cliAt({
    'bots.list': () => ({ items: [bot], total: 1 }),
    'bots.get': () => asked,
    'bots.update': () => asked,
    'revisions.rollBack': () => ({ ...asked, generation: 4 }),
    'revisions.list': () => ({ items: [revision], total: 1 }),
  });
  const { code, stderr } = await run(['bot', 'update', bot.name, '--personality', 'Be brief.', '--wait']);
  expect([code, stderr]).toEqual([1, expect.stringContaining('Revision 3 was refused. OpenClaw refuses it')]);
  // What is still told of the change before says nothing of going back.
  const back = await run(['bot', 'rollback', bot.name, '1', '--wait', '--timeout', '0.1']);
  expect([back.code, back.stderr]).toEqual([3, expect.stringContaining('was not ready')]);
});

test('what somebody changed on the host is shown, put back or adopted, and never both', async () => {
  const drifted = {
    ...bot,
    status: {
      ...bot.status,
      drift: {
        at: '2026-01-01T00:00:00Z',
        files: [
          { file: 'openclaw.json', changes: [{ path: 'cron.enabled', before: false, after: true }] },
          { file: 'SOUL.md', changes: [{ before: 'I am Ada.', after: 'I am Eve.' }], more: 2 },
        ],
      },
    },
  };
  const { run, server } = await cliAt({
    'bots.list': () => ({ items: [bot], total: 1 }),
    'bots.get': () => drifted,
    'bots.revertDrift': () => bot,
    'bots.adoptDrift': () => ({ ...bot, generation: 7 }),
  });
  expect((await run(['bot', 'drift', bot.name])).stdout.split('\n')).toEqual(
    expect.arrayContaining(['cron.enabled', '  - false', '  + true', 'SOUL.md', '  + I am Eve.', 'and 2 more']),
  );
  expect((await run(['bot', 'drift', bot.name, '--revert'])).stdout).toContain('is put back');
  expect((await run(['bot', 'drift', bot.name, '--adopt', '--reason', 'It helps'])).stdout).toContain('revision 7');
  expect(server.calls.at(-1)).toMatchObject({ name: 'bots.adoptDrift', input: { reason: 'It helps' } });
  expect((await run(['bot', 'drift', bot.name, '--adopt', '--revert'])).code).toBe(2);
});
