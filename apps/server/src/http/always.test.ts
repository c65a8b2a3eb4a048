import { requestDelegation } from '@clawster/control-plane/delegation/request-delegation';
import { askedTeam } from '@clawster/control-plane/delegation/team.queries';
import { change } from '@clawster/control-plane/change';
import { allRights } from '@clawster/domain/delegation/rights';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { ask, asking, type Credential, newPerson, type TestPerson } from './test-people.ts';

// What a person approves for always, over HTTP.

let app: TestApp;
let workspaceId: string;
let owner: TestPerson;
let teamId: string;
let bots: Record<'Ada' | 'Bea' | 'Cy', string>;
const { asked, done } = asking(() => ({ app, as: owner.as }));
const hold = {
  id: 'look',
  name: 'Look at it',
  when: {},
  action: {
    do: 'hold',
    limit: { perHour: 5, usd: 1 },
    attempts: 3,
    rights: { capabilities: ['work'], tools: ['read'] },
  },
};
beforeAll(async () => {
  app = await testApp();
});
beforeEach(async () => {
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
  const newBot = async (name: string) => String((await done('POST /bots', { name, start: false }))['id']);
  bots = { Ada: await newBot('Ada'), Bea: await newBot('Bea'), Cy: await newBot('Cy') };
  const members = [bots.Bea, bots.Cy].map((botId) => ({ botId, capabilities: ['work'], mayDelegate: true }));
  teamId = String(
    (await done('POST /teams', { name: 'Care', lead: { botId: bots.Ada }, members, limits: { fanOut: 50 } }))['id'],
  );
  await done(`PUT /teams/${teamId}/rules`, { baseVersion: 0, rules: [hold] });
});
afterAll(() => app.close());

type Asked = { from?: keyof typeof bots; to?: keyof typeof bots; taskType?: string; untrusted?: boolean };
/** One bot asks another, in the name of a person who may direct the team. */
const asks = ({ from = 'Ada', to = 'Bea', untrusted = false, ...more }: Asked = {}) =>
  change(app.plane, { workspaceId, actor: { kind: 'bot', id: bots[from] } }, async (context) =>
    requestDelegation(
      { ...context, plane: app.plane },
      {
        workspaceId,
        team: await askedTeam(context.tx, teamId),
        from: { kind: 'bot', botId: bots[from], name: from },
        to: bots[to],
        title: 'Parcels',
        text: 'Count them',
        origin: { kind: 'person', channel: 'clawster', rights: allRights, untrusted },
        traceId: 'run',
        ...more,
      },
    ),
  );
const held = async () => (await done('GET /inbox')).items?.[0] as { id: string; contentHash: string };
const always = (as: Credential, { id, contentHash }: { id: string; contentHash: string }) =>
  ask(app, `POST /inbox/${id}/decide`, { as, body: { decision: 'always', contentHash } });
const rules = async () => (await done(`GET /teams/${teamId}/rules`))['rules'] as Record<string, unknown>[];

test('it makes a rule that lets through just that: from the same, to the same, with the same rights, as often and for as much', async () => {
  await asks();
  expect((await always(owner.as, await held())).status).toBe(200);
  expect((await rules())[0]).toMatchObject({
    name: 'Ada asks Bea',
    when: { from: ['Ada'], to: ['Bea'], untrusted: false },
    action: { ...hold.action, do: 'allow' },
  });
  expect((await asks()).state).toBe('approved');
  const others: Asked[] = [{ from: 'Cy' }, { to: 'Cy' }, { from: 'Bea', to: 'Cy' }, { untrusted: true }];
  for (const other of others) expect((await asks(other)).state).toBe('held');
  const rights = await app.database.rows(
    `select distinct rights, usd_max::float8, attempts_max from delegation where rule_id like 'always-%'`,
  );
  expect(rights).toEqual([{ rights: hold.action.rights, usd_max: 1, attempts_max: 3 }]);
  for (let more = 1; more < 5; more += 1) expect((await asks()).state).toBe('approved');
  // As the rule that held it says.
  const sixth = await asks();
  expect([sixth.state, sixth.reason]).toEqual(['refused', expect.stringContaining('lets 5 through in an hour')]);
});

test('what was approved of one type is approved of no other', async () => {
  await asks({ taskType: 'count' });
  await always(owner.as, await held());
  const types = ['count', 'delete', undefined].map(
    async (taskType) => (await asks(taskType ? { taskType } : {})).state,
  );
  expect(await Promise.all(types)).toEqual(['approved', 'held', 'held']);
});

test('nobody makes such a rule who may not change the rules, is not of the workspace, asked for it, or saw something else', async () => {
  await asks();
  const item = await held();
  const elsewhere = await newPerson(app, await app.newWorkspace(), 'owner');
  const people = await Promise.all(
    (['operator', 'viewer', 'auditor'] as const).map((role) => newPerson(app, workspaceId, role)),
  );
  const key = await done('POST /api-keys', {
    name: 'k',
    role: 'owner',
    scopes: ['inbox:decide', 'inbox:read', 'conversation:read'],
  });
  const credentials = [
    ...people.map(({ as }) => as),
    elsewhere.as,
    { authorization: `Bearer ${String(key['value'])}` },
    {},
  ];
  for (const as of credentials) expect((await always(as, item)).status).toBeGreaterThanOrEqual(400);
  expect((await always(owner.as, { ...item, contentHash: '0'.repeat(64) })).status).toBe(409);
  await asked('POST /delegations', { teamId, toBotId: bots.Cy, title: 'Mine', text: 'Do it' });
  const mine = (await done('GET /inbox')).items?.find(({ title }) => String(title).includes('Mine'));
  expect((await always(owner.as, mine as typeof item)).body.detail).toContain('you asked for yourself');
  expect(await rules()).toHaveLength(1);
  expect((await held()).id).toBeDefined();
});

test('of two who say always at once one rule is made', async () => {
  await asks();
  const item = await held();
  const other = await newPerson(app, workspaceId, 'owner');
  const answers = await Promise.all([always(owner.as, item), always(other.as, item)]);
  expect(answers.map(({ status }) => status).toSorted((one, two) => one - two)).toEqual([200, 409]);
  expect(await rules()).toHaveLength(2);
});
