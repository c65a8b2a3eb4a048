import type { GoalDetail, Task } from '@clawster/contract/goal';
import type { InboxItem } from '@clawster/contract/inbox';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type HttpSink, httpSink } from '../../apps/server/src/testing/http-sink.ts';
import { type CliWithServer, cliWithServer } from './support/cli-with-server.ts';

// A whole server is brought up here, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let at: CliWithServer;
let sink: HttpSink;
beforeAll(async () => {
  [at, sink] = await Promise.all([cliWithServer(), httpSink()]);
  for (const name of ['Ada', 'Bea', 'Cy']) await at.told(['bot', 'create', name, '--no-start']);
  await at.told(['team', 'create', 'Care', '--lead', 'Ada', '--members', 'Bea,Cy']);
  await at.told(['team', 'member', 'set', 'Care', 'Bea', '--capabilities', 'support']);
  const hold = { id: 'all', name: 'All', when: {}, action: { do: 'hold', reason: 'Look first' } };
  await at.told(['team-rule', 'set', 'Care', JSON.stringify([hold])]);
});
afterAll(async () => {
  await at?.close();
  await sink?.close();
});

const plan = JSON.stringify({
  milestones: [
    {
      title: 'Know',
      tasks: [
        { key: 'ask', title: 'Ask customers', text: 'What do they miss?', capability: 'support' },
        { key: 'write', title: 'Write it up', text: 'One page', after: ['ask'] },
      ],
    },
  ],
});
const tasks = async () => at.json<Task[]>(['task', 'list', 'Care', '--goal', 'Happy']);
const taskOf = async (key: string) => (await tasks()).find((task) => task.key === key)?.id ?? '';
const items = (...more: string[]) => at.json<InboxItem[]>(['inbox', 'list', ...more]);

test('a goal is set, planned, paused, resumed, shown and listed', async () => {
  const more = ['--text', 'All of them', '--measure', 'none waits', '--due', '2099-12-24'];
  expect(await at.told(['goal', 'create', 'Care', 'Happy', ...more])).toMatch(
    /^Happy \(Care\): planning[^]*Reached when: none waits\nDue on 2099-12-24/,
  );
  expect(await at.told(['goal', 'plan', 'happy', plan])).toMatch(/: active[^]*Know\n[^]*ask +Ask customers +planned/);
  expect(await at.told(['goal', 'pause', 'Happy'])).toContain('(Care): paused');
  expect(await at.json<GoalDetail>(['goal', 'resume', 'Happy'])).toMatchObject({ state: 'active' });
  expect(await at.told(['goal', 'list', '--team', 'Care', '--state', 'active'])).toMatch(/Happy +Care +active +0\/2/);
  expect(await at.json(['goal', 'list'])).toMatchObject([{ title: 'Happy', tasks: { total: 2 } }]);
  expect(await at.told(['goal', 'show', 'Happy'])).toContain('0 of 2 tasks are done.');
});

test('what the plan of a goal asks and a rule holds is listed, shown, approved and refused in the inbox', async () => {
  await expect.poll(() => items('--kind', 'delegation')).toHaveLength(1);
  const [item] = await items();
  const id = item?.id ?? '';
  expect(await at.told(['inbox', 'list'])).toContain('The plan for “Happy” asks whoever can do support: Ask customers');
  expect(await at.told(['inbox', 'show', id])).toMatch(/\nFrom:\nThe plan for “Happy”\n[^]*What do they miss\?/);
  const me = 'ada@example.com';
  expect(await at.told(['inbox', 'assign', id, me])).toContain('it is for Ada now.');
  expect(await items('--mine')).toHaveLength(1);
  expect(await at.told(['inbox', 'assign', id])).toContain('it is for whoever may decide now.');
  const other = await at.run(['inbox', 'approve', id, '--hash', 'f'.repeat(64)]);
  expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('not what you looked at any more')]);
  expect(await at.told(['inbox', 'approve', id, '--reason', 'Go on'])).toContain('approved by');
  const again = await at.run(['inbox', 'refuse', id]);
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('was first')]);
  expect(await at.told(['inbox', 'list', '--over'])).toMatch(/delegation +The plan for “Happy”.* approved /);
  expect(await at.told(['inbox', 'list'])).toBe('Nothing is there.\n');
});

test('tasks are changed, left out, begun anew and taken as done; the goal is finished, planned anew and given up', async () => {
  expect(await at.told(['task', 'list', 'Care'])).toMatch(/ask +Ask customers +open[^]*write +Write it up +planned/);
  const write = await taskOf('write');
  const changes = ['--title', 'Write a page', '--bot', 'Cy', '--due', '2099-01-02'];
  expect(await at.told(['task', 'update', write, ...changes])).toMatch(/write +Write a page +planned +Cy +2099-01-02/);
  expect(await at.json(['task', 'update', write, '--due', 'never'])).not.toHaveProperty('dueOn');
  expect(await at.told(['task', 'finish', await taskOf('ask'), '--result', 'They miss you'])).toContain('done');
  expect(await at.told(['task', 'cancel', write])).toContain('cancelled');
  expect(await at.told(['task', 'retry', write])).toContain('planned');
  expect(await at.json(['task', 'cancel', write])).toMatchObject({ state: 'cancelled' });
  expect(await at.told(['goal', 'finish', 'Happy'])).toMatch(/: done[^]*They miss you/);
  await at.told(['goal', 'create', 'Care', 'Rich']);
  const asked = await at.run(['goal', 'replan', 'Rich']);
  expect(asked.code, asked.stderr).toBe(0);
  expect(await at.told(['goal', 'cancel', 'Rich'])).toContain('(Care): cancelled');
});

test('a bot is asked for something, which is listed, shown, cancelled, and tried once more', async () => {
  const ask = ['delegation', 'create', 'Look', 'Look it up', '--team', 'Care'];
  const made = await at.json<{ id: string }>([...ask, '--to', 'Cy', '--minutes', '30']);
  expect(await at.told([...ask, '--capability', 'support'])).toMatch(/^Look: held, [^]*From test to support\./);
  expect(await at.told(['delegation', 'list', '--bot', 'Cy', '--state', 'open'])).toMatch(/Look +test +Cy +held/);
  expect(await at.told(['delegation', 'show', made.id])).toMatch(
    /^Look: held, [^]*From test to Cy\. \$0\.0000\. Trace: /,
  );
  expect(await at.told(['delegation', 'cancel', made.id, '--reason', 'Not now'])).toContain('“Look” is cancelled');
  const gone = await at.run(['delegation', 'retry', made.id]);
  expect([gone.code, gone.stderr]).toEqual([1, expect.stringContaining('cancelled')]);
  await at.shared.database.rows(`update delegation set state = 'failed' where id = '${made.id}'`);
  expect(await at.told(['delegation', 'retry', made.id])).toMatch(/^Look: held/);
  expect(await at.json<unknown[]>(['delegation', 'list', '--team', 'Care', '--limit', '1'])).toHaveLength(1);
});

test('a question is answered in words', async () => {
  const id = randomUUID();
  await at.shared.database
    .rows(`insert into inbox_item (id, workspace_id, kind, subject, title, content, content_hash, decisions, is_question)
    select '${id}', workspace_id, 'question', 'q', 'Ada asks a question', '[{"label":"Question","text":"Which?","untrusted":false}]', '${'f'.repeat(64)}', '{}', true from team limit 1`);
  expect(await at.told(['inbox', 'list', '--kind', 'question'])).toContain('Ada asks a question: Which?');
  const yes = await at.run(['inbox', 'approve', id]);
  expect([yes.code, yes.stderr]).toEqual([1, 'This cannot be approved\n']);
  expect(await at.told(['inbox', 'answer', id, 'The blue one'])).toMatch(/answered by .*[^]*Answer: The blue one/);
});

test('what a team knows is written for some, kept for them, looked up, put back and taken out', async () => {
  const key = 'facts/rent';
  expect(await at.told(['context', 'list', 'Care'])).toContain('The team knows nothing of the kind');
  const set = ['context', 'set', 'Care', key];
  expect(await at.told([...set, '1,200', '--only-bots', 'Ada, Bea', '--untrusted'])).toBe(`${key} is at version 1.\n`);
  expect(await at.told([...set, '1,300', '--base', '1'])).toBe(`${key} is at version 2.\n`);
  expect(await at.told(['context', 'list', 'Care', '--search', '1,300'])).toMatch(/facts\/rent +2 +test +2 bots/);
  await at.told([...set, '1,400', '--base', '2', '--only-lead', '--until', '2099-01-01T00:00:00Z']);
  expect(await at.json(['context', 'list', 'Care', '--prefix', 'facts/'])).toMatchObject([{ visibility: 'lead' }]);
  await at.told([...set, '1,500', '--base', '3', '--all']);
  expect(await at.told(['context', 'history', 'Care', key])).toMatch(
    /4 +test +team[^]*3 +test +lead[^]*1 +test +2 bots +yes/,
  );
  expect(await at.told(['context', 'show', 'Care', key, '--version', '1'])).toContain(
    'stems from people outside\n\n1,200',
  );
  expect(await at.told(['context', 'restore', 'Care', key, '2'])).toBe(`${key} is at version 5, and as it was.\n`);
  expect(await at.told(['context', 'delete', 'Care', key])).toContain('clawster context history');
  expect(await at.told(['context', 'show', 'Care', key, '--version', '6'])).toContain('There is nothing any more');
});

test('a notifier is made, tried, changed, stopped and deleted; one that is not heard ends with 1', async () => {
  const made = ['notifier', 'create', 'Pager', '--kind', 'webhook', '--url-stdin', '--team', 'Care'];
  const told = await at.told([...made, '--tells', 'question, budget'], { stdin: `${sink.url}\n` });
  expect(told).toMatch(/^Pager tells from now on\.[^]*It signs with this, which is shown once: \w+/);
  expect(await at.told(['notifier', 'list'])).toMatch(
    /Pager +webhook +127\.0\.0\.1.*, for Ada +question, budget +nothing yet/,
  );
  expect(await at.told(['notifier', 'test', 'pager'])).toMatch(/^Pager: /);
  expect(sink.received).toHaveLength(1);
  sink.status = 404;
  const failed = await at.run(['notifier', 'test', 'Pager']);
  expect([failed.code, failed.stderr]).toEqual([1, expect.stringMatching(/^Pager could not tell: .*404/)]);
  const update = ['notifier', 'update', 'Pager'];
  expect(await at.told([...update, '--rename', 'Bell', '--stop'])).toBe('Bell is changed, and stopped.\n');
  expect(await at.told(['notifier', 'list'])).toContain('nothing: it is stopped');
  expect(await at.json(['notifier', 'update', 'Bell', '--resume', '--tells', 'plan'])).toMatchObject({
    enabled: true,
    inboxKinds: ['plan'],
  });
  expect(await at.told(['notifier', 'delete', 'Bell'])).toBe('Bell tells nothing any more.\n');
  expect(await at.told(['notifier', 'list'])).toContain('Nobody is told.');
});

const noId = '0f3c1d52-1111-4222-8333-444455556666';
test.each<[string, string[], number, string]>([
  ['no goal', ['goal', 'show', 'Nothing'], 1, 'There is no goal named Nothing. See them with: clawster goal list'],
  ['a state that is none', ['goal', 'list', '--state', 'late'], 2, 'state: Choose one of planning, proposed'],
  ['a date that is none', ['goal', 'create', 'Care', 'X', '--due', 'soon'], 1, 'dueOn: '],
  ['a plan of nothing', ['goal', 'create', 'Care', 'X', '--plan', '{}'], 2, 'milestones: This is missing'],
  [
    'a plan that nobody can do',
    ['goal', 'create', 'Care', 'X', '--plan', plan.replace('support', 'cooking')],
    1,
    'which nobody in the team can do: there is support',
  ],
  ['a goal that is over', ['goal', 'resume', 'Rich'], 1, '“Rich” is cancelled: set another goal'],
  ['a title in the place of a task', ['task', 'cancel', 'ask'], 2, 'See it with: clawster task list <team>'],
  ['no task', ['task', 'retry', noId], 1, 'There is no such task in this workspace'],
  ['no change of a task', ['task', 'update', noId], 2, 'Name what to change, such as --title.'],
  [
    'nobody to ask',
    ['delegation', 'create', 'A', 'B', '--team', 'Care'],
    2,
    'Say --to or --capability: one of the two.',
  ],
  ['no team to ask', ['delegation', 'create', 'A', 'B', '--to', 'Cy'], 2, 'Say whose bot is asked: --team <team>'],
  ['no minutes', ['delegation', 'create', 'A', 'B', '--team', 'Care', '--to', 'Cy', '--minutes', 'x'], 2, 'such as 30'],
  ['no delegation', ['delegation', 'show', noId], 1, 'There is no such task'],
  ['a name in the place of a delegation', ['delegation', 'cancel', 'Look'], 2, 'clawster delegation list shows them'],
  ['no item', ['inbox', 'show', noId], 1, 'There is no such item in the inbox of this workspace'],
  ['a name in the place of an item', ['inbox', 'approve', 'Look'], 2, 'as clawster inbox list shows it'],
  ['a kind that is none', ['inbox', 'list', '--kind', 'mail'], 2, 'kind: Choose one of delegation, plan'],
  ['no person', ['inbox', 'assign', noId, 'nobody@example.com'], 1, 'nobody@example.com'],
  ['no notifier', ['notifier', 'test', 'Nobody'], 1, 'There is no notifier named Nobody'],
  ['no kind of notifier', ['notifier', 'create', 'X'], 2, 'kind: Choose one of slack, mail, webhook'],
  ['no kind to tell of', ['notifier', 'create', 'X', '--kind', 'mail', '--tells', 'all'], 2, 'tells.0: Choose one of'],
  ['an address that is none', ['notifier', 'create', 'X', '--kind', 'slack', '--url-stdin'], 1, 'address'],
  ['a key that is none', ['context', 'set', 'Care', 'Facts!', 'x'], 1, 'A key is lower-case letters'],
  ['a stale version', ['context', 'set', 'Care', 'facts/rent', 'x', '--base', '1', '--all'], 1, 'read it again'],
  ['two audiences', ['context', 'set', 'Care', 'a', 'x', '--all', '--only-lead'], 2, 'one of the three'],
  [
    'an entry for no member',
    ['context', 'set', 'Care', 'a', 'x', '--only-bots', 'Zoe'],
    1,
    'There is no bot named Zoe',
  ],
  ['no entry', ['context', 'show', 'Care', 'nothing'], 1, 'nothing'],
  ['a version that is none', ['context', 'restore', 'Care', 'facts/rent', 'x'], 2, 'Give a version, such as 3'],
])('%s is told in a sentence', async (_, argv, code, sentence) => {
  const ran = await at.run(argv, { stdin: 'no address\n' });
  expect([ran.code, ran.stdout, ran.stderr]).toEqual([code, '', expect.stringContaining(sentence)]);
  expect(ran.stderr).not.toMatch(/Invalid input|expected \w+, received|Something went wrong/);
});
