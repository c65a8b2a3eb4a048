import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TeamDetail } from '@clawster/contract/team';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { delegationCommands } from '../../apps/cli/src/delegation-commands.ts';
import { goalCommands } from '../../apps/cli/src/goal-commands.ts';
import { inboxCommands } from '../../apps/cli/src/inbox-commands.ts';
import { type CliWithServer, cliWithServer } from './support/cli-with-server.ts';

// A whole server is brought up here, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let at: CliWithServer;
let rulesFile: string;
beforeAll(async () => {
  at = await cliWithServer();
  const make = (name: string) => at.told(['bot', 'create', name, '--no-start']);
  for (const name of ['Ada', 'Bea', 'Cy', 'Dot']) await make(name);
  await at.told(['team', 'create', 'Care', '--lead', 'Ada', '--members', 'Bea, Cy', '--charter', 'We care.']);
  rulesFile = `@${join((await at.shared.environment('rules'))['CLAWSTER_DATA_DIR'] ?? '', 'rules.yaml')}`;
});
afterAll(() => at?.close());

const commands = [...goalCommands, ...delegationCommands, ...inboxCommands];
test.each(commands.map((command) => [command.usage, command] as const))(
  'help of `%s` says what it does, with each of its options',
  async (usage, { summary, options }) => {
    const words = usage.split(' ').filter((word) => !/^[<[]/.test(word));
    const { code, stdout } = await at.run([...words, '--help']);
    const text = stdout.replaceAll(/\s+/g, ' ');
    expect([code, text]).toEqual([0, expect.stringContaining(summary)]);
    for (const [flags, what] of [...options, ['--json', 'print the result as JSON']]) {
      expect(text).toContain(flags);
      expect(text).toContain(what);
    }
  },
);

test('a team is made, listed, shown, changed and disbanded, in words and as JSON', async () => {
  expect(await at.told(['team', 'create', 'Office', '--lead', 'Dot', '--approvals-by-another'])).toMatch(
    /^Office: 0 tasks open[^]*approved by somebody else[^]*Dot +lead[^]*clawster team member set "Office"/,
  );
  expect(await at.told(['team', 'list'])).toMatch(/Care +Ada +3 +0 +0 +0/);
  expect(await at.json(['team', 'list'])).toMatchObject([{ name: 'Care' }, { name: 'Office' }]);
  expect(await at.told(['team', 'show', 'office'])).toMatch(/Dot +lead +yes +0 +0 +stopped/);
  const changes = ['--name', 'Bureau', '--charter', 'We file.', '--hops', '2', '--usd-per-origin', '4.5'];
  expect(await at.json(['team', 'update', 'Office', ...changes, '--approvals-by-another', 'no'])).toMatchObject({
    name: 'Bureau',
    charter: 'We file.',
    limits: { hops: 2, usdPerOrigin: 4.5, openTasks: 50 },
    approvalsByAnother: false,
  });
  expect(await at.told(['team', 'delete', 'Bureau'])).toContain('The team Bureau is disbanded');
  expect((await at.json<unknown[]>(['team', 'list'])).length).toBe(1);
});

test('members are taken in, changed, put in the lead, and taken out', async () => {
  const set = ['team', 'member', 'set', 'Care', 'Dot'];
  const text = await at.told([...set, '--title', 'Desk', '--capabilities', 'support, triage', '--may-delegate', 'yes']);
  expect(text).toMatch(/Dot +Desk +support, triage +yes/);
  // What is not said stays.
  expect(await at.told([...set, '--title', 'Front desk'])).toMatch(/Dot +Front desk +support, triage +yes/);
  expect(await at.told(['team', 'update', 'Care', '--lead', 'Dot'])).toMatch(/Dot +lead, Front desk/);
  const leads = await at.run(['team', 'member', 'remove', 'Care', 'Dot']);
  expect([leads.code, leads.stderr]).toEqual([1, expect.stringContaining('lead')]);
  await at.told(['team', 'update', 'Care', '--lead', 'Ada']);
  expect(await at.told(['team', 'member', 'remove', 'Care', 'Dot'])).not.toContain('Dot');
  expect(await at.told(['team', 'flow', 'Care', '--hours', '2'])).toContain('Nobody asked anybody for anything.');
  expect(await at.json(['team', 'flow', 'Care'])).toEqual([]);
});

test('rules are written from a file, shown so that they can be written anew, tried, and looked back with', async () => {
  const rules = [
    { id: 'lead', name: 'The lead asks', when: { from: ['@lead'] }, action: { do: 'allow' } },
    { id: 'people', name: 'People are asked about', when: {}, action: { do: 'hold', reason: 'Look first' } },
  ];
  await writeFile(rulesFile.slice(1), JSON.stringify(rules));
  expect(await at.told(['team-rule', 'show', 'Care'])).toContain('no rules: nothing is let through');
  expect(await at.told(['team-rule', 'set', 'Care', rulesFile, '--note', 'The first'])).toMatch(
    /^Version 1 holds, with 2 rules/,
  );
  expect(await at.told(['team-rule', 'show', 'Care'])).toMatch(/lead +The lead asks +from +allow/);
  await writeFile(rulesFile.slice(1), await at.told(['team-rule', 'show', 'Care', '--json']));
  expect(await at.json(['team-rule', 'set', 'Care', rulesFile])).toMatchObject({ version: 2 });
  expect(await at.told(['team-rule', 'show', 'Care', '--version', '1'])).toContain('People are asked about');
  expect(await at.told(['team-rule', 'versions', 'Care'])).toMatch(/2 +2 +[^]*1 +2 +.+The first/);
  const asked = ['team-rule', 'test', 'Care', '--to', 'Bea', '--text', 'Look it up'];
  expect(await at.told([...asked, '--from', 'Ada'])).toMatch(/^allow \(Bea\): /);
  expect(await at.told(asked)).toMatch(/^hold \(Bea\): [^]*The lead asks: /);
  expect(await at.json(['team-rule', 'replay', 'Care', '[]', '--days', '1'])).toMatchObject({ changed: [] });
});

test('a team is deployed, and waited for until each of its bots is ready', async () => {
  expect(await at.told(['team', 'templates'])).toMatch(/one-person-company .*Lead, Support, .* company /);
  const deploy = ['team', 'deploy', 'one-person-company', '--set', 'company=Acme', '--target', 'Imagined'];
  const { code, stdout, stderr } = await at.run([...deploy, '--name', 'Acme', '--bots', 'lead=Boss', '--wait']);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/Boss +lead.*ready[^]*clawster goal create "Acme"/)]);
  expect(stdout.match(/ ready$/gm)).toHaveLength(5);
  for (const name of ['Boss', 'Support', 'DevOps', 'Reviewer', 'Business'])
    expect(stderr).toContain(`${name} is ready`);
  const taken = await at.run([...deploy, '--name', 'Acme 2']);
  expect([taken.code, taken.stderr]).toEqual([1, expect.stringMatching(/Support/)]);
});

test('where time is up, each bot that is not ready is told with why; the team is there', async () => {
  const names = ['lead', 'support', 'devops', 'review', 'business'].map((key) => `${key}=Late-${key}`);
  const deploy = ['team', 'deploy', 'one-person-company', '--set', 'company=Acme', '--name', 'Late'];
  const waited = ['--target', 'Imagined', '--bots', ...names, '--wait', '--timeout', '0.05'];
  const { code, stdout, stderr } = await at.run([...deploy, ...waited]);
  expect([code, stdout, stderr]).toEqual([3, '', expect.stringContaining('The team is there, but 5 of its 5 bots')]);
  for (const [, name] of names.map((one) => one.split('=')))
    expect(stderr).toMatch(new RegExp(`  ${name} is \\w+: \\w+`));
  expect((await at.json<TeamDetail>(['team', 'show', 'Late'])).members).toHaveLength(5);
});

test.each<[string, string[], number, string]>([
  ['no team', ['team', 'show', 'Nowhere'], 1, 'There is no team named Nowhere. See them with: clawster team list'],
  ['no lead', ['team', 'create', 'Empty'], 2, 'Say who leads: --lead <bot>'],
  ['no bot', ['team', 'create', 'Empty', '--lead', 'Zoe'], 1, 'There is no bot named Zoe'],
  ['a name that is taken', ['team', 'create', 'care', '--lead', 'Dot'], 1, 'care'],
  ['a bot of another team', ['team', 'create', 'Other', '--lead', 'Bea'], 1, 'Bea is in the team Care'],
  ['no name', ['team', 'create', '', '--lead', 'Dot'], 1, 'Name the team, such as Customer care'],
  ['a missing argument', ['team', 'show'], 2, "missing required argument 'team'"],
  ['nothing to change', ['team', 'update', 'Care'], 2, 'Name what to change'],
  ['a limit that is none', ['team', 'update', 'Care', '--hops', 'many'], 2, 'hops: Give a number'],
  ['a limit too far', ['team', 'update', 'Care', '--hops', '99'], 1, 'hops'],
  ['neither yes nor no', ['team', 'update', 'Care', '--approvals-by-another', 'maybe'], 2, 'Say yes or no'],
  [
    'a capability that is none',
    ['team', 'member', 'set', 'Care', 'Bea', '--capabilities', 'Sup Port'],
    2,
    'code-review',
  ],
  ['not a member', ['team', 'member', 'remove', 'Care', 'Dot'], 1, 'This bot is not in the team'],
  ['hours that are none', ['team', 'flow', 'Care', '--hours', 'all'], 2, 'Give the hours, such as 24'],
  ['no template', ['team', 'deploy', 'nothing'], 1, 'template'],
  ['an answer that is missing', ['team', 'deploy', 'one-person-company', '--target', 'Imagined'], 1, 'company'],
  ['no rules file', ['team-rule', 'set', 'Care', '@/nowhere.yaml'], 2, 'cannot be read. Check its path.'],
  ['no rules', ['team-rule', 'set', 'Care', '[{id: x}]'], 2, '0.name'],
  ['a version there never was', ['team-rule', 'show', 'Care', '--version', '99'], 1, '99'],
  ['a version that is none', ['team-rule', 'show', 'Care', '--version', 'x'], 2, 'Give a version, such as 3'],
  ['nobody to ask', ['team-rule', 'test', 'Care', '--text', 'x'], 1, 'Name a bot, or a capability: one of the two'],
  ['days that are none', ['team-rule', 'replay', 'Care', '[]', '--days', 'x'], 2, 'Give the days, such as 7'],
])('%s is told in a sentence', async (_, argv, code, sentence) => {
  const ran = await at.run(argv);
  expect([ran.code, ran.stdout, ran.stderr]).toEqual([code, '', expect.stringContaining(sentence)]);
  expect(ran.stderr).not.toMatch(/Invalid input|expected \w+, received|Something went wrong/);
  const { stderr } = await at.run([...argv, '--json']);
  if (code === 1) expect(JSON.parse(stderr)).toMatchObject({ error: { message: expect.any(String) } });
});
