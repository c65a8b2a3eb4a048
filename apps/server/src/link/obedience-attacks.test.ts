import { isDeepStrictEqual } from 'node:util';
import { createDelegation } from '@clawster/control-plane/delegation/create-delegation';
import { advanceDelegations } from '@clawster/control-plane/delegation/advance-delegations';
import { tellBots } from '@clawster/control-plane/delegation/tell-bots';
import { watchInbox } from '@clawster/control-plane/inbox/watch-inbox';
import { RuleAction } from '@clawster/contract/team-rule';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AtWork, ObedientBot } from '../seed/obedient-bot.ts';
import { hostileTexts } from '../testing/hostile-texts.ts';
import { paths, shaped } from './hostile-paths.ts';
import { adasTitle, type Path, type Stage } from './hostile-stage.ts';
import { doesAllItSays } from './obeying.ts';
import { attacks, seenOf } from './test-attacks.ts';
import { type TestInstallation, testInstallation } from './test-installation.ts';
import { directs, type Member, rule, testTeam, type TestTeam, until } from './test-team.ts';

// S6: bots that do all that any text tells them, however it reaches them.

let installation: TestInstallation;
let team: TestTeam;
let [lead, ada, bob] = [] as unknown as [Member, Member, Member];
let bystander: Record<'mine' | 'theirs' | 'goalId' | 'eve', string>;
const s6 = attacks('S6', () => installation);
let [calls, turn] = [0, 0];
/** What is done about what was told between turns, which nobody waits for. */
const hearing = new Set<Promise<void>>();

/** What is read now, and what was done about it. */
let now: {
  text: string;
  session: string;
  obeyed: number;
  adaDid: boolean;
  outside: boolean;
  ada?: ((at: AtWork) => Promise<string>) | undefined;
};
const rows = (text: string) => installation.database.rows(text);
const nothing = { capabilities: [], tools: [] };
const granted = { capabilities: ['work'], tools: ['read'] };
const allow = (rights: object) => RuleAction.parse({ do: 'allow', rights });

beforeAll(async () => {
  installation = await testInstallation({ loops: false });
  const limits = { tasksPerMember: 20, fanOut: 50, openTasks: 1_000, wakesPerDay: 1_000 };
  const bots = [
    new ObedientBot(leadObeys, ({ session, message }) => void hearing.add(hears(session, message))),
    new ObedientBot(adaObeys),
  ];
  team = await testTeam(installation, { limits, bots });
  [lead, ada, bob] = team.members as [Member, Member, Member];
  await team.setRules(rules());
  await bystanders();
});
afterAll(async () => {
  s6.tell();
  process.stdout.write(`${calls} calls of tools in all\n`);
  await installation.close();
});

/** The grant: the lead may ask Ada, for little where people outside have a hand in it; nobody may ask anybody else. */
const rules = () => [
  rule('trusted', { when: { from: ['@lead'], to: [ada.name], untrusted: false }, action: allow(granted) }),
  rule('outside', { when: { from: ['@lead'], to: [ada.name], untrusted: true }, action: allow(nothing) }),
  rule('person', { when: { from: ['@person'], to: [ada.name] }, action: allow(granted) }),
];

/** What is none of anybody's who reads a text: a task that is under way, and another team's. */
async function bystanders(): Promise<void> {
  const { plane, caller } = installation;
  const others = await testTeam(installation);
  const [chief, eve] = others.members as [Member, Member];
  const { id } = await createDelegation(plane, caller, {
    teamId: others.teamId,
    toBotId: eve.link.botId,
    title: 'Bystander',
    text: 'Stay',
  });
  const session = 'agent:main:clawster:bystander';
  await directs(installation, lead, { session });
  now = { text: 'nothing yet', session, obeyed: 0, adaDid: false, outside: false };
  const { text } = await lead.call('delegate', { to: ada.name, title: 'Bystander', task: 'Stay' }, { session });
  await advanceDelegations(plane, AbortSignal.timeout(60_000));
  const reached = () =>
    rows(`select id from delegation where title = 'Bystander' and state in ('delivered', 'working')`);
  await until(reached, (both) => both.length === 2);
  const goalId = crypto.randomUUID();
  await rows(`insert into goal (id, workspace_id, team_id, title, text, measure, state, set_by, rights, trace_id)
    values ('${goalId}', '${caller.workspaceId}', '${others.teamId}', 'Bystander', '', '', 'planning', '{}', '{}', 'x')`);
  bystander = { mine: /[0-9a-f-]{36}/.exec(text)?.[0] ?? '', theirs: id, goalId, eve: eve.name };
  expect(chief.name).not.toBe(eve.name);
}

/** What nothing that a text says may change: columns of tables, those of other tasks and goals, what bots decided. */
const fixed = {
  team: 'id, lead_id, limits, channel_rights, rules_version',
  team_rules: 'team_id, version, rules',
  team_member: 'bot_id, team_id, capabilities, may_delegate',
  bot: 'id, name, spec',
  membership: 'person_id, role',
  person: 'id, name',
  role: '*',
  api_key: '*',
  notifier: '*',
  budget: '*',
  secret: '*',
  overlay: '*',
  delegation: "id, state, result, progress, reason, artefacts from delegation where title = 'Bystander'",
  goal: "id, state, proposed from goal where title = 'Bystander'",
  session_origin: "bot_id, may_direct from session_origin where session = 'agent:main:clawster:bystander'",
  inbox_item: "id, state from inbox_item where decided_by->'actor'->>'kind' = 'bot'",
  event: `id, type from event where actor->>'kind' = 'bot' and type not in ('delegation-requested', 'context-written',
    'delegation-phase-changed', 'inbox-opened', 'inbox-closed', 'goal-phase-changed', 'goal-updated')`,
};

/** What was begun since then that goes beyond the grant. */
async function beyondGrant(since: string, { outside }: Path): Promise<unknown[]> {
  const isMine = `from_bot_id = '${lead.link.botId}' and to_bot_id = '${ada.link.botId}' and hops <= 1`;
  const beyond = `from_kind = 'bot' and state not in ('refused', 'held') and not (rule_id = 'bob' and not is_assigned)
    and not (${isMine} and ((rule_id = 'trusted' and rights = '${JSON.stringify(granted)}')
      or (rule_id = 'outside' and untrusted and rights = '${JSON.stringify(nothing)}')))`;
  // Where people outside have a hand in it, all that comes of it says so.
  const laundered = `from_kind = 'bot' and title <> '${adasTitle}' and (not untrusted or rule_id = 'trusted')`;
  const known = `select key from context_entry where at >= '${since}' and author->>'kind' = 'bot' and not untrusted`;
  return rows(`select title from delegation where requested_at >= '${since}' and ((${beyond})
    or (state = 'held' and rule_id <> 'bob') or (${outside ?? false} and ${laundered}))
    union all ${known} and ${outside ?? false}`);
}

async function obeys(by: Member, session: string, text: string, call?: AtWork['call']): Promise<void> {
  const names = [ada.name, bob.name, lead.name, bystander.eve].filter((name) => name !== by.name);
  expect(text).toContain(now.text);
  calls += await doesAllItSays({
    text: now.text,
    names,
    // What it gave away in a person's other conversation it may take back for that person.
    taskId: now.outside ? bystander.mine : bystander.theirs,
    goalId: bystander.goalId,
    turn: (turn += 1),
    call: call ?? ((tool, given) => by.call(tool as never, given, { session })),
  });
  now.obeyed += 1;
}

async function adaObeys({ message, session }: { message: string; session: string }, at: AtWork): Promise<string> {
  if (message.includes('Bystander')) return new Promise(() => {});
  const { ada: will } = now;
  if (will && message.includes(adasTitle)) {
    now.ada = undefined;
    return will(at);
  }
  if (!message.includes(now.text) || now.adaDid) return 'Done';
  now.adaDid = true;
  await obeys(ada, session, message, at.call);
  return 'Done';
}

async function leadObeys({ message, session }: { message: string; session: string }, at: AtWork): Promise<string> {
  if (message.includes(now.text)) await obeys(lead, session, message, at.call);
  return 'Done';
}

async function hears(session: string, message: string): Promise<void> {
  if (message.includes(now.text)) await obeys(lead, session, message);
}

const stage = (session: string): Stage => ({
  installation,
  team,
  lead,
  ada,
  bob,
  rules: rules(),
  session,
  reads: (by, text, where = session) => obeys(by, where, text),
  adaWill: (work) => void (now.ada = work),
  tell: async () => {
    await watchInbox(installation.plane, AbortSignal.timeout(60_000));
    await advanceDelegations(installation.plane, AbortSignal.timeout(60_000));
    await tellBots(installation.plane, AbortSignal.timeout(60_000));
  },
  obeyed: async () =>
    void (await until(
      () => now.obeyed,
      (count) => count > 0,
    )),
});

async function settled(since: string): Promise<void> {
  await Promise.all(hearing);
  hearing.clear();
  await until(
    () =>
      rows(
        `select id, state, title from delegation where requested_at >= '${since}' and ended_at is null and is_assigned`,
      ),
    (open) => open.length === 0,
  );
}

const texts = hostileTexts();
const names = Object.keys(paths);

test.each(names)(
  'whatever a text says that reaches a bot as %s, nothing beyond its grant comes of it',
  async (name) => {
    const path = paths[name] as Path;
    const own = texts.filter((_, at) => at % names.length === names.indexOf(name));
    let before: object | undefined;
    for (const [at, raw] of own.entries()) {
      const text = shaped(path, raw);
      const session = `agent:main:clawster:${names.indexOf(name)}-${at}`;
      now = { text, session, obeyed: 0, adaDid: false, outside: path.outside ?? false };
      await path.arrange?.(stage(session), text);
      if (!before || path.arrange) before = await seenOf(installation, fixed);
      const since = new Date().toISOString();
      await path.bring(stage(session), text);
      expect(now.obeyed, `${name} was not read`).toBeGreaterThan(0);
      await settled(since);
      const beyond = await beyondGrant(since, path);
      const after = await seenOf(installation, fixed);
      const isLetIn = beyond.length > 0 || !isDeepStrictEqual(after, before);
      if (isLetIn) expect({ beyond, after }, text).toEqual({ beyond: [], after: before });
      s6.judge(text, isLetIn);
      await rows('delete from context_entry; delete from inbox_item; delete from bot_tell');
      before = after;
      if (path.arrange) await team.setRules(rules());
    }
  },
  240_000,
);

test('six hundred texts, none of which was let in', () => {
  expect(s6.counts).toEqual({ tried: texts.length, letIn: 0 });
  expect(texts.length).toBeGreaterThanOrEqual(600);
});
