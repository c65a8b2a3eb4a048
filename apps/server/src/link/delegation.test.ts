import { advanceDelegations } from '@clawster/control-plane/delegation/advance-delegations';
import { retryDelegation } from '@clawster/control-plane/delegation/retry-delegation';
import { tellBots } from '@clawster/control-plane/delegation/tell-bots';
import { teamAnswers } from '@clawster/control-plane/team/answer-team';
import { RuleAction } from '@clawster/contract/team-rule';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestInstallation, testInstallation } from './test-installation.ts';
import { directs, type Member, rule, testTeam, type TestTeam, until } from './test-team.ts';

let installation: TestInstallation;
let team: TestTeam;
let [lead, ada, bob] = [] as unknown as [Member, Member, Member];
beforeAll(async () => {
  installation = await testInstallation({ loops: false });
  team = await testTeam(installation, { limits: { tasksPerMember: 20 } });
  [lead, ada, bob] = team.members as [Member, Member, Member];
  await directs(installation, lead);
});
afterAll(() => installation.close());

const pass = async () => {
  await advanceDelegations(installation.plane, AbortSignal.timeout(60_000));
  await tellBots(installation.plane, AbortSignal.timeout(60_000));
};
const rowOf = async (id: string) => {
  const [row] = await installation.database.rows(`select * from delegation where id = '${id}'`);
  return row as Record<string, unknown> & { state: string; attempt: number };
};
const now = (id: string) => installation.database.rows(`update delegation set due_at = now() where id = '${id}'`);
const idIn = (text: string) => /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(text)?.[0] ?? '';
const stepsOf = async (id: string) =>
  (
    await installation.database.rows(
      `select detail->>'to' as "to" from event where subject_id = '${id}' and type = 'delegation-phase-changed' order by id`,
    )
  ).map(({ to }) => to);
const given = (member: Member, id: string) =>
  until(
    () => member.asked('delegation.deliver').filter((one) => one['id'] === id),
    (all) => all.length > 0,
  );

test('a task goes to a teammate, is done, and whoever waits has the result, each step once', async () => {
  const call = lead.call(
    'delegate',
    { to: ada.name, title: 'Count', task: 'Count to three', wait_seconds: 60 },
    { callId: 'one' },
  );
  const { text, waitMs } = await call;
  expect(waitMs).toBe(60_000);
  const id = idIn(text);
  const [delivery] = await given(ada, id);
  expect(delivery).toMatchObject({ attempt: 1, session: `agent:main:clawster-task:${id}`, tools: 'all' });
  expect(delivery?.['message']).toContain('Count to three');
  await until(
    () => rowOf(id),
    ({ state }) => state === 'delivered',
  );
  await ada.begins({ id });
  await ada.begins({ id });
  await ada.ends({ id }, { text: 'One, two, three' });
  await ada.ends({ id }, { text: 'Something else' });
  const [settled] = await until(
    () => lead.asked('team.settle'),
    (all) => all.length > 0,
  );
  expect(settled).toMatchObject({ callId: 'one', isError: false });
  expect(settled?.['text']).toContain('One, two, three');
  expect(await stepsOf(id)).toEqual(['approved', 'delivered', 'working', 'done']);
  await until(
    () => rowOf(id),
    (row) => row['taken_at'] !== null,
  );
  await now(id);
  await pass();
  expect(lead.asked('team.tell')).toEqual([]);
});

test('a call told twice is carried out once; the same asked again is the same task', async () => {
  const ask = { capability: 'work', title: 'Once', task: 'Do it once' };
  const first = await lead.call('delegate', ask, { callId: 'twice' });
  expect(await lead.call('delegate', ask, { callId: 'twice' })).toEqual(first);
  const again = await lead.call('delegate', ask);
  expect(idIn(again.text)).toBe(idIn(first.text));
  const id = idIn(first.text);
  const row = await until(
    () => rowOf(id),
    ({ state }) => state === 'delivered',
  );
  const who = row['to_bot_id'] === ada.link.botId ? ada : bob;
  await who.ends({ id }, { text: 'It is done' });
  // It was not taken yet.
  expect((await lead.call('delegate', ask)).text).toContain('It is done');
  expect(idIn((await lead.call('delegate', ask)).text)).not.toBe(id);
});

test('whoever does not wait is told by a turn, of several in one', async () => {
  const ids = [];
  for (const title of ['Left', 'Right']) {
    const { text } = await lead.call('delegate', { to: ada.name, title, task: title });
    ids.push(idIn(text));
  }
  for (const id of ids) {
    await given(ada, id);
    await ada.ends({ id }, { text: `Result of ${id}` });
  }
  await pass();
  const told = lead.asked('team.tell');
  expect(told).toHaveLength(1);
  for (const id of ids) expect(told[0]?.['message']).toContain(`Result of ${id}`);
  await pass();
  expect(lead.asked('team.tell')).toHaveLength(1);
});

test('what fails by no fault of its own is tried again, and not more often than its rule allows', async () => {
  const { text } = await lead.call('delegate', { to: bob.name, title: 'Try', task: 'Try it' });
  const id = idIn(text);
  await given(bob, id);
  await bob.ends({ id }, { outcome: 'failed', isRetryable: true, failure: 'The gateway went away' });
  expect(await rowOf(id)).toMatchObject({ state: 'approved', reason: 'The gateway went away' });
  await now(id);
  await pass();
  await until(
    () => rowOf(id),
    ({ state, attempt }) => state === 'delivered' && attempt === 2,
  );
  // What the first attempt still tells is void.
  await bob.ends({ id }, { text: 'Late' });
  expect((await rowOf(id)).state).toBe('delivered');
  await bob.ends({ id, attempt: 2 }, { outcome: 'failed', isRetryable: true });
  expect((await rowOf(id)).state).toBe('failed');
});

test('a task taken back is ended at its bot, with all it was passed on as', async () => {
  const { text } = await lead.call('delegate', { to: ada.name, title: 'Above', task: 'Pass it on' });
  const id = idIn(text);
  await given(ada, id);
  const below = await ada.call(
    'delegate',
    { to: bob.name, title: 'Below', task: 'Do it' },
    { session: `agent:main:clawster-task:${id}` },
  );
  const child = idIn(below.text);
  await given(bob, child);
  expect((await rowOf(child))['root_id']).toBe(id);
  await lead.call('cancel_task', { task_id: id });
  expect([(await rowOf(id)).state, (await rowOf(child)).state]).toEqual(['cancelled', 'cancelled']);
  await pass();
  expect(ada.asked('delegation.cancel').map((one) => one['id'])).toContain(id);
  expect(bob.asked('delegation.cancel').map((one) => one['id'])).toContain(child);
  expect((await rowOf(child))['must_cancel']).toBe(false);
});

test('a bot that stands still is given nothing until it goes on', async () => {
  const stand = (desired: string) =>
    installation.database.rows(
      `update bot set spec = jsonb_set(spec, '{desired}', '"${desired}"') where id = '${bob.link.botId}'`,
    );
  await stand('paused');
  const { text } = await lead.call('delegate', { to: bob.name, title: 'Wait', task: 'Wait for it' });
  const id = idIn(text);
  await pass();
  expect(await rowOf(id)).toMatchObject({ state: 'approved', is_assigned: false });
  expect(bob.asked('delegation.deliver').filter((one) => one['id'] === id)).toEqual([]);
  await stand('running');
  await now(id);
  await pass();
  await given(bob, id);
  await bob.ends({ id });
});

test('a member has so many at once, others wait their turn', async () => {
  const small = await testTeam(installation, { capabilities: [[], ['work']], limits: { tasksPerMember: 1 } });
  const [boss, only] = small.members as [Member, Member];
  await directs(installation, boss);
  const ids = [];
  for (const title of ['First', 'Second'])
    ids.push(idIn((await boss.call('delegate', { capability: 'work', title, task: title })).text));
  const [first = '', second = ''] = ids;
  await given(only, first);
  await pass();
  expect((await rowOf(second)).state).toBe('approved');
  await only.ends({ id: first });
  await now(second);
  await pass();
  await given(only, second);
});

test('what is not done in time has expired, and its turn is ended', async () => {
  const { text } = await lead.call('delegate', { to: bob.name, title: 'Late', task: 'Take your time' });
  const id = idIn(text);
  await given(bob, id);
  await installation.database.rows(
    `update delegation set deadline_at = now() - interval '1 s', due_at = now() where id = '${id}'`,
  );
  await pass();
  await until(
    () => rowOf(id),
    ({ state }) => state === 'expired',
  );
  await pass();
  expect(bob.asked('delegation.cancel').map((one) => one['id'])).toContain(id);
});

test('a call that cannot be answered is asked for, and one that nobody waits for is told by a turn', async () => {
  const { text } = await lead.call(
    'delegate',
    { to: ada.name, title: 'Ask', task: 'Ask for it', wait_seconds: 100 },
    { callId: 'await' },
  );
  const id = idIn(text);
  const wait = () => teamAnswers['team.await'](installation.plane, lead.link, { callId: 'await' });
  expect((await wait()).waitMs).toBeGreaterThan(0);
  await given(ada, id);
  await teamAnswers['team.drop'](installation.plane, lead.link, { callId: 'await' });
  const before = lead.asked('team.tell').length;
  await ada.ends({ id }, { text: 'Here it is' });
  await pass();
  expect(
    lead
      .asked('team.tell')
      .slice(before)
      .map((one) => one['message']),
  ).toEqual([expect.stringContaining('Here it is')]);
});

test('what is held waits, and is given to nobody', async () => {
  await team.setRules([rule('hold', { action: RuleAction.parse({ do: 'hold', reason: 'Look first' }) })]);
  const { text } = await lead.call('delegate', { to: ada.name, title: 'Held', task: 'Wait for a person' });
  const id = idIn(text);
  expect(text).toContain('waits for a person');
  await pass();
  expect((await rowOf(id)).state).toBe('held');
  const [item] = await installation.database.rows(`select * from inbox_item where subject = '${id}'`);
  expect(item).toMatchObject({ state: 'open', kind: 'delegation', content_hash: (await rowOf(id))['content_hash'] });
  await lead.call('cancel_task', { task_id: id });
  const [after] = await installation.database.rows(`select state from inbox_item where subject = '${id}'`);
  expect(after).toMatchObject({ state: 'withdrawn' });
});

/** Something that ada works at, and a part of it that she gave to bob. */
async function passedOn(title: string) {
  await team.setRules([rule('all')]);
  const whole = idIn((await lead.call('delegate', { to: ada.name, title, task: 'All of it' })).text);
  await given(ada, whole);
  await ada.begins({ id: whole });
  const session = `agent:main:clawster-task:${whole}`;
  const part = idIn((await ada.call('delegate', { to: bob.name, title: 'Part', task: 'Some' }, { session })).text);
  await given(bob, part);
  return { whole, part, session };
}

test('what failed and is tried once more is as deep in what it is part of as it was', async () => {
  const { whole, part } = await passedOn('Whole');
  await bob.ends({ id: part }, { outcome: 'failed', failure: 'No' });
  const { id } = await retryDelegation(installation.plane, installation.caller, { delegationId: part });
  const [before, after] = [await rowOf(part), await rowOf(id)];
  for (const key of ['hops', 'parent_id', 'root_id', 'trace_id', 'rights', 'from_bot_id'])
    expect(after[key], key).toEqual(before[key]);
  expect(before).toMatchObject({ state: 'failed', hops: 2, parent_id: whole });
});

test('a member that ends its turn while a part it gave away is open is done once it was told of it, with what it says then', async () => {
  const { whole, part, session } = await passedOn('Both');
  await ada.ends({ id: whole }, { text: 'I wait' });
  await bob.ends({ id: part }, { text: 'My half' });
  // It has not been told yet.
  await ada.ends({ id: whole }, { text: 'I wait' });
  expect(await rowOf(whole)).toMatchObject({ state: 'working', result: 'I wait' });
  await now(part);
  await pass();
  const told = ada.asked('team.tell').find((one) => one['session'] === session);
  expect(told?.['message']).toContain('My half');
  await ada.ends({ id: whole }, { text: 'Both halves' });
  expect(await rowOf(whole)).toMatchObject({ state: 'done', result: 'Both halves' });
});
