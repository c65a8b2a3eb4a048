import { randomUUID } from 'node:crypto';
import { RuleAction } from '@clawster/contract/team-rule';
import { createBot } from '@clawster/control-plane/bot/create-bot';
import { cancelDelegation } from '@clawster/control-plane/delegation/cancel-delegation';
import { createDelegation } from '@clawster/control-plane/delegation/create-delegation';
import { createGoal } from '@clawster/control-plane/goal/create-goal';
import { createTeam } from '@clawster/control-plane/team/create-team';
import { updateTeam } from '@clawster/control-plane/team/update-team';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { everyTool } from './every-tool.ts';
import { attacks } from './test-attacks.ts';
import { testBudgets } from './test-budgets.ts';
import { newWorkspace, type TestInstallation, testInstallation } from './test-installation.ts';
import { directs, type Member, rule, testTeam, type TestTeam, until } from './test-team.ts';

vi.setConfig({ testTimeout: 60_000 });

// S21: the host of a bot of a team says what is not so, of itself and of others, and as much of it as it likes.

let installation: TestInstallation;
let team: TestTeam;
let [lead, ada, bob, eve, mallory] = [] as unknown as [Member, Member, Member, Member, Member];
let taskId: string;
let goalId: string;
beforeAll(async () => {
  installation = await testInstallation({ loops: false });
  team = await testTeam(installation, { limits: { tasksPerMember: 20, fanOut: 50, openTasks: 200 } });
  [lead, ada, bob] = team.members as [Member, Member, Member];
  eve = (await testTeam(installation)).members[0] as Member;
  const caller = await newWorkspace(installation.plane);
  const elsewhere = (some = {}) =>
    createBot(installation.plane, caller, { name: `m-${randomUUID().slice(0, 8)}`, ...some });
  mallory = (await testTeam({ ...installation, caller, createBot: elsewhere })).members[0] as Member;
  await directs(installation, lead);
  taskId = await given(ada);
  goalId = (await createGoal(installation.plane, installation.caller, { teamId: team.teamId, title: 'Goal' })).id;
});
const s21 = attacks('S21', () => installation);
afterAll(async () => {
  await installation.close();
  s21.tell();
});
const { call: modelCall } = testBudgets(() => installation);

const rows = (text: string) => installation.database.rows(text);
const sessionOf = (id: string) => `agent:main:clawster-task:${id}`;
const idIn = (text: string) => /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(text)?.[0] ?? '';
const end = (id: string, more: object = {}) => ({
  id,
  attempt: 1,
  outcome: 'done' as const,
  text: 'Claimed',
  isRetryable: false,
  ...more,
});
async function given(to: Member): Promise<string> {
  const { text } = await lead.call('delegate', { to: to.name, title: randomUUID(), task: 'Do it' });
  const id = idIn(text);
  await until(
    () => rows(`select state from delegation where id = '${id}'`),
    ([row]) => row?.['state'] === 'delivered',
  );
  return id;
}

/** All that the host of a bot could say of a task, over its own link. */
const claimsOf = ({ supervisor: { ask } }: Member, id: string, attempts = [1, 2, 99, 2 ** 31 - 1]) =>
  attempts.flatMap((attempt) => [
    () => ask('delegation.began', { id, attempt, runId: 'forged' }),
    ...(['done', 'failed', 'aborted', 'timeout'] as const).map(
      (outcome) => () => ask('delegation.ended', end(id, { attempt, outcome, isRetryable: true })),
    ),
  ]);

test('nobody begins or ends what was given to another bot, another team or another workspace, nor another attempt', async () => {
  for (const member of [lead, bob, eve, mallory]) await s21.inVain('of another bot', claimsOf(member, taskId));
  await s21.inVain('of another attempt', claimsOf(ada, taskId, [2, 3, 99, 2 ** 31 - 1, 0, -1]));
  for (const member of [ada, eve, mallory]) await s21.inVain('of none', claimsOf(member, randomUUID()));
  expect(s21.counts.letIn).toBe(0);
});

test('what was not delivered is neither begun nor ended: held, refused, taken back, or not given to anybody yet', async () => {
  const { plane, caller } = installation;
  const ask = { teamId: team.teamId, toBotId: ada.link.botId, title: 'Not yours', text: 'Wait' };
  const waits = await createDelegation(plane, caller, ask);
  await team.setRules([rule('hold', { action: RuleAction.parse({ do: 'hold' }) })]);
  const held = await createDelegation(plane, caller, ask);
  await team.setRules([]);
  const refused = await createDelegation(plane, caller, ask);
  await team.setRules([rule('all')]);
  const back = await createDelegation(plane, caller, ask);
  await cancelDelegation(plane, caller, { delegationId: back.id });
  await rows(`update delegation set is_assigned = false where id = '${waits.id}'`);
  expect([held.state, refused.state]).toEqual(['held', 'refused']);
  for (const { id } of [waits, held, refused, back]) await s21.inVain('not delivered', claimsOf(ada, id, [0, 1, 2]));
});

test('sessions and runs that are another’s, or none, give nothing to whoever names them', async () => {
  const names = [lead, ada, bob, eve].map(({ name }) => name);
  const forged = [
    sessionOf(taskId),
    sessionOf(randomUUID()),
    sessionOf('x'),
    `agent:main:clawster-goal:${goalId}`,
    'clawster',
    ':',
    '%',
  ];
  for (const member of [bob, eve, mallory])
    for (const session of forged) {
      const tools = everyTool({ names: names.filter((name) => name !== member.name), taskId, goalId });
      // What anybody may: to look, to ask a person, and to write down what is marked as from outside.
      const acting = tools.filter(
        ([tool]) => !['ask_human', 'write_context', 'read_context', 'list_teammates'].includes(tool),
      );
      const open = async () => (await rows(`select id from delegation where state not in ('refused')`)).length;
      const before = await open();
      for (const [tool, some] of acting) {
        const said = { callId: randomUUID(), tool, arguments: some, session, runId: `goal:${goalId}` };
        const answer = await member.supervisor.ask('team.call', said).catch(() => ({ isError: true }));
        s21.judge(`${tool} from ${session}`, !answer.isError);
      }
      s21.judge(`from ${session}`, (await open()) !== before);
    }
  const traces = await rows(`select id from delegation where trace_id = 'goal:${goalId}' and from_kind <> 'goal'`);
  s21.judge('a trace of the goal', traces.length > 0);
  expect(s21.counts.letIn).toBe(0);
});

const long = (size: number) => 'x'.repeat(size);
const nasty = ['Two\nlines', '\u001b[2Jgone', 'turned \u202egpj', 'hidden\u{e0041}\u{e0042}', 'sep\u2028arated'];
const html = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  '{{7*7}} ${1}',
  '&lt;b&gt;',
];

test('texts, titles and artefacts that are too large, or not what they look like, are refused in words', async () => {
  const session = sessionOf(taskId);
  const artefacts = (one: object, count = 1) => Array.from({ length: count }, () => ({ name: 'a', text: 'x', ...one }));
  const wrong: [string, Record<string, unknown>][] = [
    ['delegate', { to: bob.name, title: long(201), task: 'x' }],
    ['delegate', { to: bob.name, title: 'x', task: long(20_001) }],
    ['delegate', { to: bob.name, title: 'x', task: 'x', deadline_minutes: 1e9 }],
    ['delegate', { to: bob.name, title: 'x', task: 'x', wait_seconds: -1 }],
    ['complete_task', { result: long(20_001) }],
    ['complete_task', { result: 'x', artefacts: artefacts({}, 11) }],
    ['complete_task', { result: 'x', artefacts: artefacts({ text: long(100_001) }) }],
    ['complete_task', { result: 'x', artefacts: artefacts({ name: long(201) }) }],
    ['complete_task', { result: 'x', artefacts: artefacts({ name: ' ' }) }],
    ['report_progress', { text: long(2_001) }],
    ['report_progress', { text: 'x', percent: Number.MAX_SAFE_INTEGER }],
    ['report_progress', { text: 'x', percent: -1 }],
    ['ask_human', { question: long(4_001) }],
    ['write_context', { key: '../../x', text: 'x', base_version: 0 }],
    ['write_context', { key: 'x', text: long(20_001), base_version: 0 }],
    ['write_context', { key: 'x', text: 'x', base_version: 0, expires_hours: 1e12 }],
    ...nasty.map((title): [string, object] => ['delegate', { to: bob.name, title, task: 'x' }]),
    ...nasty.map((name): [string, object] => ['complete_task', { result: 'x', artefacts: artefacts({ name }) }]),
  ] as [string, Record<string, unknown>][];
  const { ask } = ada.supervisor;
  const tries = wrong.map(
    ([tool, some]) =>
      () =>
        ask('team.call', { callId: randomUUID(), tool, arguments: some, session }),
  );
  const answers = await s21.inVain('of a tool', tries);
  for (const answer of answers)
    expect(answer).toMatchObject({ isError: true, text: expect.stringMatching(/^\w[^]{5,300}$/) });
  const frames = [
    () => ask('delegation.ended', end(taskId, { text: long(100_001) })),
    () => ask('delegation.ended', end(taskId, { failure: long(2_001) })),
    () => ask('team.call', { callId: long(201), tool: 'delegate', arguments: {}, session }),
    () => ask('team.call', { callId: 'x', tool: long(101), arguments: {}, session }),
    () => ask('team.call', { callId: 'x', tool: 'delegate', arguments: {}, session: long(501) }),
    () => ask('team.call', { callId: 'x', tool: 'delegate', arguments: {}, session, runId: long(301) }),
  ];
  for (const answer of await s21.inVain('of a frame', frames)) expect(answer).toMatchObject({ code: 'invalid' });
});

test('questions of a host that asks without end are bounded, and its clock opens nothing', async () => {
  const { ask } = bob.supervisor;
  const question = (more: object = {}) => ({
    id: randomUUID(),
    kind: 'exec' as const,
    title: 'x',
    content: [],
    choices: [],
    ...more,
  });
  const wrong = [
    { title: long(501) },
    { content: Array.from({ length: 21 }, () => ({ label: 'x', text: 'x' })) },
    { content: [{ label: long(101), text: 'x' }] },
    { content: [{ label: 'x', text: long(20_001) }] },
    { expiresAt: 'tomorrow' },
    { expiresAt: '+099999-01-01T00:00:00Z' },
    { id: long(201) },
  ];
  await s21.inVain(
    'not as agreed',
    wrong.map((more) => () => ask('question.raise', question(more))),
  );
  for (const expiresAt of ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])
    await ask('question.raise', question({ expiresAt }));
  const many = await Promise.allSettled(Array.from({ length: 60 }, () => ask('question.raise', question())));
  expect(many.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(48);
  await s21.inVain(
    'one more',
    Array.from({ length: 10 }, () => () => ask('question.raise', question())),
  );
  const others = await rows(`select id from inbox_item where kind = 'tool' and bot_id <> '${bob.link.botId}'`);
  expect(others).toEqual([]);
});

test('names of a team with HTML are kept as the texts they are, and those that are not what they look like are refused', async () => {
  const { plane, caller } = installation;
  const newBot = (name?: string) => installation.createBot({ start: false, ...(name === undefined ? {} : { name }) });
  const bots = await Promise.all([newBot(), newBot()]);
  const [leads, other] = bots.map(({ id }) => id);
  const { id: teamId } = await createTeam(plane, caller, { name: 'Names', lead: { botId: leads } });
  for (const name of html) {
    expect((await updateTeam(plane, caller, { teamId, name })).name).toBe(name);
    const task = await createDelegation(plane, caller, { teamId, toBotId: leads, title: name, text: name });
    expect(task).toMatchObject({ title: name, text: name });
    expect((await createGoal(plane, caller, { teamId, title: name })).title).toBe(name);
  }
  const refusedNames = nasty.flatMap((name) => [
    () => updateTeam(plane, caller, { teamId, name }),
    () => createTeam(plane, caller, { name, lead: { botId: other } }),
    () => createDelegation(plane, caller, { teamId, toBotId: leads, title: name, text: 'x' }),
    () => createGoal(plane, caller, { teamId, title: name }),
    () => newBot(name),
  ]);
  const answers = await s21.inVain('a name', [...refusedNames, ...html.map((name) => () => newBot(name))]);
  for (const answer of answers) expect(answer).toMatchObject({ code: 'invalid' });
});

test('costs that are negative, no numbers or beyond all sums count nowhere, keep nothing else from being counted, and lift no limit', async () => {
  const { supervisor, link } = ada;
  const session = sessionOf(taskId);
  const lies = [-1, -1e308, 1e308, 1e16, '5', null, [], {}, true];
  const usages = [-1, 1e308, 2 ** 53, 1.5, '7'].map((inputTokens) => ({ usage: { inputTokens, outputTokens: 1 } }));
  const clocks = ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', 'now'].map((startedAt) => ({
    startedAt,
    costUsd: -5,
  }));
  const items = [
    modelCall(0.5),
    ...lies.map((costUsd) => modelCall(0, { costUsd })),
    ...[...usages, ...clocks, { durationMs: -1 }, { durationMs: 1e308 }].map((more) => modelCall(-3, more)),
    modelCall(0.25),
  ].map((item, at) => ({ ...item, sequence: at + 1, data: { ...item.data, session } }));
  supervisor.send({ type: 'event', event: 'telemetry', payload: { epoch: 1, items, dropped: 0 } });
  await until(
    () => supervisor.acknowledged.at(-1),
    (sequence) => sequence === items.length,
  );
  const [sums] = await rows(`select count(*)::int as count, sum(cost_usd)::float8 as usd from span
    where bot_id = '${link.botId}' and kind = 'model-call'`);
  for (const _ of items.slice(2)) s21.judge('a cost', sums?.['usd'] !== 0.75);
  expect(sums).toMatchObject({ count: 2, usd: 0.75 });
});
