import { randomUUID } from 'node:crypto';
import { RuleAction } from '@clawster/contract/team-rule';
import { advanceDelegations } from '@clawster/control-plane/delegation/advance-delegations';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestInstallation, testInstallation } from './test-installation.ts';
import { chat, directs, type Member, rule, testTeam, type TestTeam, until } from './test-team.ts';

// What rules of a team let through in an hour, and for how much.

let installation: TestInstallation;
let team: TestTeam;
let [lead, ada, bob] = [] as unknown as [Member, Member, Member];
beforeAll(async () => {
  installation = await testInstallation({ loops: false });
});
beforeEach(async () => {
  team = await testTeam(installation, { limits: { tasksPerMember: 20, fanOut: 50, openTasks: 100 } });
  [lead, ada, bob] = team.members as [Member, Member, Member];
  await directs(installation, lead);
});
afterAll(() => installation.close());

const rows = (text: string) => installation.database.rows(text);
const idIn = (text: string) => /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(text)?.[0] ?? '';
const limited = (limit: object) => team.setRules([rule('some', { action: RuleAction.parse({ do: 'allow', limit }) })]);
const asks = (to = ada, session = chat, by = lead) =>
  by.call('delegate', { to: to.name, title: randomUUID(), task: 'Do it' }, { session });
const states = async () =>
  (await rows(`select state from delegation where team_id = '${team.teamId}' order by state`)).map(
    ({ state }) => state,
  );
/** What a conversation of a bot came to, as its calls are added up. */
const costs = (member: Member, id: string, usd: number) =>
  rows(`insert into conversation_day (bot_id, workspace_id, day, session, count, tokens, unpriced, cost_usd)
    values ('${member.link.botId}', '${installation.caller.workspaceId}', (now() at time zone 'UTC')::date,
      'agent:main:clawster-task:${id}', 1, 1, 0, ${usd})
    on conflict (bot_id, session, day) do update set cost_usd = excluded.cost_usd`);
const looked = async (id: string) => {
  await rows(`update delegation set due_at = now() where id = '${id}'`);
  await advanceDelegations(installation.plane, AbortSignal.timeout(60_000));
  return (await rows(`select state, reason from delegation where id = '${id}'`))[0];
};
async function begun(to: Member, session = chat, by = lead): Promise<string> {
  const id = idIn((await asks(to, session, by)).text);
  await until(() => to.asked('delegation.deliver').some((one) => one['id'] === id), Boolean);
  await to.begins({ id });
  return id;
}

test('of many that ask at once a rule lets as many through in an hour as it says, and no more', async () => {
  await limited({ perHour: 3 });
  const answers = await Promise.all(Array.from({ length: 12 }, (_, at) => asks(at % 2 ? ada : bob)));
  expect(answers.filter(({ isError }) => !isError)).toHaveLength(3);
  expect(answers.find(({ isError }) => isError)?.text).toContain('lets 3 through in an hour');
});

test('those that are over count, those that were refused do not; after the hour there is room again', async () => {
  await limited({ perHour: 1 });
  const id = await begun(ada);
  await ada.ends({ id });
  expect((await asks()).isError).toBe(true);
  await rows(`update delegation set requested_at = now() - interval '59 minutes 50 seconds' where id = '${id}'`);
  expect((await asks()).isError).toBe(true);
  await rows(`update delegation set requested_at = now() - interval '60 minutes 1 second' where id = '${id}'`);
  expect((await asks()).isError).toBe(false);
  expect((await asks()).isError).toBe(true);
});

test('each rule counts its own, whatever others let through', async () => {
  const limit = { perHour: 1 };
  const of = (id: string, to: Member) =>
    rule(id, { when: { to: [to.name] }, action: RuleAction.parse({ do: 'allow', limit }) });
  await team.setRules([of('ada', ada), of('bob', bob)]);
  const answers = [await asks(ada), await asks(bob), await asks(ada), await asks(bob)];
  expect(answers.map(({ isError }) => isError)).toEqual([false, false, true, true]);
});

test('a task that costs what its rule allows goes on, and one that costs more is ended at its bot', async () => {
  await limited({ usd: 2 });
  const id = await begun(ada);
  await costs(ada, id, 2);
  expect(await looked(id)).toMatchObject({ state: 'working' });
  await costs(ada, id, 2.01);
  expect(await looked(id)).toMatchObject({ state: 'cancelled', reason: expect.stringContaining('$2.00') });
  await advanceDelegations(installation.plane, AbortSignal.timeout(60_000));
  expect(ada.asked('delegation.cancel').map((one) => one['id'])).toContain(id);
});

test('what it was passed on as counts with it, and ends with it; another of the same rule goes on', async () => {
  await limited({ usd: 2 });
  const [whole, other] = [await begun(ada), await begun(ada)];
  const part = await begun(bob, `agent:main:clawster-task:${whole}`, ada);
  await costs(ada, whole, 1);
  await costs(bob, part, 1.5);
  await costs(ada, other, 1.9);
  expect(await looked(part)).toMatchObject({ state: 'working' });
  expect(await looked(other)).toMatchObject({ state: 'working' });
  expect(await looked(whole)).toMatchObject({ state: 'cancelled' });
  expect(await states()).toEqual(['cancelled', 'cancelled', 'working']);
});
