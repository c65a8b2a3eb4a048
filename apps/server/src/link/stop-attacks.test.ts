import { randomUUID } from 'node:crypto';
import { advanceDelegations } from '@clawster/control-plane/delegation/advance-delegations';
import { cancelDelegation } from '@clawster/control-plane/delegation/cancel-delegation';
import { cancelHalted } from '@clawster/control-plane/delegation/cancel-halted';
import { tellBots } from '@clawster/control-plane/delegation/tell-bots';
import { haltFleet } from '@clawster/control-plane/fleet/halt-fleet';
import { cancelGoal } from '@clawster/control-plane/goal/act-on-goal';
import { advanceGoals } from '@clawster/control-plane/goal/advance-goals';
import { createGoal } from '@clawster/control-plane/goal/create-goal';
import { teamAnswers } from '@clawster/control-plane/team/answer-team';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { StandInSupervisor } from '../seed/stand-in-supervisor.ts';
import { everyTool } from './every-tool.ts';
import { attacks } from './test-attacks.ts';
import { type TestInstallation, testInstallation } from './test-installation.ts';
import { chat, directs, linkedAgain, type Member, testTeam, until } from './test-team.ts';

vi.setConfig({ testTimeout: 60_000 });

// S8: bots that go on after they were stopped, or what they work at was cancelled.

let installation: TestInstallation;
beforeAll(async () => {
  installation = await testInstallation({ loops: false });
});
const s8 = attacks('S8', () => installation);
afterAll(async () => {
  await installation.close();
  s8.tell();
});

const sessionOf = (id: string) => `agent:main:clawster-task:${id}`;
const idIn = (text: string) => /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(text)?.[0] ?? '';
const rows = (text: string) => installation.database.rows(text);
const signal = () => AbortSignal.timeout(60_000);
const passes = async () => {
  await cancelHalted(installation.plane, signal());
  await advanceDelegations(installation.plane, signal());
  await tellBots(installation.plane, signal());
};

/** Members at work in a chain, and each call by which it came to be so. */
type AtWork = {
  members: Member[];
  teamId: string;
  ids: string[];
  goalId?: string;
  calls: { by: string; said: Said }[];
};
type Said = Parameters<Member['call']>;
const worker = ({ members }: AtWork) => members[1] as Member;
const taskOf = ({ ids }: AtWork) => ids[0] as string;

async function newTeam() {
  const limits = { tasksPerMember: 20, fanOut: 50, openTasks: 1_000 };
  return testTeam(installation, { capabilities: [[], ['first'], ['work'], ['work']], limits });
}

/** The lead asks Ada, who asks Bob, who asks Cy; all of them are at it. */
async function atWork(): Promise<AtWork> {
  const { members, teamId } = await newTeam();
  await directs(installation, members[0] as Member);
  return chain({ members, teamId, ids: [], calls: [] }, chat);
}

async function chain(work: AtWork, from: string): Promise<AtWork> {
  let session = from;
  const [first = 0] = work.ids.length > 0 ? [1] : [];
  for (const [at, member] of work.members.slice(first, 3).entries()) {
    const to = work.members[first + at + 1] as Member;
    const said: Said = [
      'delegate',
      { to: to.name, title: randomUUID(), task: 'Do it' },
      { session, callId: randomUUID() },
    ];
    const { text, isError } = await member.call(...said);
    expect(isError, text).toBe(false);
    work.calls.push({ by: member.name, said });
    const id = idIn(text);
    work.ids.push(id);
    await begins(to, id);
    session = sessionOf(id);
  }
  return work;
}

async function begins(member: Member, id: string): Promise<void> {
  await until(() => member.asked('delegation.deliver').some((one) => one['id'] === id), Boolean);
  await member.begins({ id });
}

/** The goal's only task is Ada's, who passes parts of it on. */
async function atGoal(): Promise<AtWork> {
  const { members, teamId } = await newTeam();
  const tasks = [{ key: 'one', title: 'One', text: 'Do it', capability: 'first', after: [] }];
  const plan = { milestones: [{ title: 'All', tasks }] };
  const { id: goalId } = await createGoal(installation.plane, installation.caller, { teamId, title: 'Goal', plan });
  await advanceGoals(installation.plane, signal());
  await advanceDelegations(installation.plane, signal());
  const [row] = await rows(`select id from delegation where goal_id = '${goalId}'`);
  const id = String(row?.['id']);
  const work: AtWork = { members, teamId, ids: [id], goalId, calls: [] };
  await begins(worker(work), id);
  return chain(work, sessionOf(id));
}

/** Gives away as much as it can, again and again, while it is being stopped. */
async function forks(work: AtWork, stop: () => Promise<unknown>): Promise<void> {
  const [, , ...others] = work.members;
  const fork = (at: number) =>
    worker(work)
      .call(
        'delegate',
        { to: others[at % 2]?.name, title: randomUUID(), task: 'Fork' },
        { session: sessionOf(taskOf(work)) },
      )
      .catch(() => undefined);
  await Promise.all([
    ...Array.from({ length: 15 }, (_, at) => fork(at)),
    stop(),
    ...Array.from({ length: 15 }, (_, at) => fork(at)),
  ]);
  await passes();
  s8.counts.tried += 30;
  const open = await rows(`select id, state from delegation where team_id = '${work.teamId}' and ended_at is null`);
  s8.counts.letIn += open.length;
  expect(open).toEqual([]);
}

/** All that a bot can say over this link, of what it was at work at and of anything new. */
function everything(work: AtWork, member: Member, sessions: (string | undefined)[]): (() => Promise<unknown>)[] {
  const names = work.members.filter((one) => one.name !== member.name).map(({ name }) => name);
  const about = { names, taskId: work.ids[1] ?? '', ...(work.goalId ? { goalId: work.goalId } : {}) };
  const { plane } = installation;
  const own = work.calls.filter(({ by }) => by === member.name).map(({ said }) => said);
  const ends = ['done', 'failed', 'aborted', 'timeout'].flatMap((outcome) =>
    work.ids.flatMap((id) =>
      [1, 2].map((attempt) => () => member.ends({ id, attempt }, { outcome, text: 'Afterwards', isRetryable: true })),
    ),
  );
  return [
    ...sessions.flatMap((session) =>
      everyTool(about).map(
        ([tool, given]) =>
          () =>
            member.call(tool, given, session ? { session } : {}),
      ),
    ),
    ...ends,
    ...work.ids.map((id) => () => member.begins({ id })),
    // What it said before, in the same words and under the same name.
    ...own.map((said) => () => member.call(...said)),
    ...own.map(
      ([, , from]) =>
        () =>
          teamAnswers['team.await'](plane, member.link, { callId: from?.callId ?? '' }),
    ),
  ];
}

const anywhere = (work: AtWork) => [
  ...work.ids.map(sessionOf),
  chat,
  'agent:main:telegram:direct:42',
  ...(work.goalId ? [`agent:main:clawster-goal:${work.goalId}`] : []),
];
const asks = (id: string) => ({ id, kind: 'exec' as const, title: 'rm -rf', content: [], choices: [] });

/** A bot that was stopped says all it can, from everywhere; then its host dials in anew, twice at once, and as an older copy. */
async function goesOn(work: AtWork, member: Member): Promise<void> {
  const { plane, url } = installation;
  const all = (one: Member) => [
    ...everything(work, one, anywhere(work)),
    () => teamAnswers['question.raise'](plane, one.link, asks(randomUUID())),
  ];
  await s8.inVain('over its link', all(member));
  const again = await linkedAgain(installation, member);
  await s8.inVain('over a newer link', all(again));
  await s8.inVain('over the older one', all(member));
  const twins = await Promise.all([linkedAgain(installation, member), linkedAgain(installation, member)]);
  for (const twin of twins) await s8.inVain('as one of two', all(twin));
  const { botId, identity } = member.supervisor;
  const obeys = { id: randomUUID(), epoch: 99 };
  const older = StandInSupervisor.dialIn(url, { botId, identity, obeys });
  s8.judge('for another copy', await older.then(Boolean, () => false));
}

test.each([
  ['of the workspace', 'stop', () => 'all' as const],
  ['of the workspace, to pause', 'pause', () => 'all' as const],
  ['of a team', 'stop', ({ members }: AtWork) => members.map(({ link }) => link.botId)],
  ['of a bot', 'stop', (work: AtWork) => [worker(work).link.botId]],
  ['of a bot, to pause', 'pause', (work: AtWork) => [worker(work).link.botId]],
] as const)('after an emergency stop %s nothing a bot says starts, ends or changes anything', async (_, mode, whom) => {
  const work = await atWork();
  const bots = whom(work);
  await forks(work, async () => {
    await haltFleet(installation.plane, installation.caller, { mode, bots: bots === 'all' ? bots : [...bots] });
  });
  const states = await rows(
    `select distinct state from delegation where team_id = '${work.teamId}' and state <> 'refused'`,
  );
  expect(states).toEqual([{ state: 'cancelled' }]);
  await goesOn(work, worker(work));
});

test('what others want of a bot that was stopped waits for it, and what it asked before is not asked anew when it goes on', async () => {
  const work = await atWork();
  const [lead, ada] = work.members as [Member, Member];
  const { plane, caller } = installation;
  const waits = idIn((await lead.call('delegate', { to: ada.name, title: 'Later', task: 'Later' })).text);
  await rows(
    `update delegation set is_assigned = false, state = 'approved', attempt = 0, version = version + 1 where id = '${waits}'`,
  );
  await haltFleet(plane, caller, { mode: 'pause', bots: [ada.link.botId] });
  await passes();
  const stateOf = async (id: string) => (await rows(`select state from delegation where id = '${id}'`))[0]?.['state'];
  expect([await stateOf(waits), await stateOf(taskOf(work))]).toEqual(['approved', 'cancelled']);
  await rows(`update bot set spec = jsonb_set(spec, '{desired}', '"running"') where id = '${ada.link.botId}'`);
  await rows(`update delegation set due_at = now() where id = '${waits}'`);
  await passes();
  await until(
    () => stateOf(waits),
    (state) => state === 'delivered',
  );
  expect(await stateOf(taskOf(work))).toBe('cancelled');
  await s8.inVain('of what was cancelled', everything(work, ada, [sessionOf(taskOf(work))]));
  await rows(`update bot set halted_at = now() - interval '2 minutes' where halted_at is not null`);
  await passes();
  expect(await rows('select id from bot where halted_at is not null')).toEqual([]);
});

const cancelled = {
  'by a person': (work: AtWork) =>
    cancelDelegation(installation.plane, installation.caller, { delegationId: taskOf(work) }),
  'by whoever asked': ({ members: [lead], ids }: AtWork) => lead?.call('cancel_task', { task_id: ids[0] }),
  'with its goal': ({ goalId }: AtWork) => cancelGoal(installation.plane, installation.caller, { goalId }),
};

test.each(Object.entries(cancelled))(
  'of a delegation that was cancelled %s nobody down the chain starts, ends or changes anything',
  async (how, cancel) => {
    const work = how === 'with its goal' ? await atGoal() : await atWork();
    await forks(work, async () => cancel(work));
    const sessions = work.ids.map(sessionOf);
    for (const member of work.members.slice(1)) {
      await s8.inVain('over its link', everything(work, member, sessions));
      const again = await linkedAgain(installation, member);
      await s8.inVain('over a newer link', everything(work, again, sessions));
      await s8.inVain('over the older one', everything(work, member, [...sessions, chat]));
    }
    const [lead] = work.members as [Member];
    if (work.goalId) await s8.inVain('its lead', everything(work, lead, [`agent:main:clawster-goal:${work.goalId}`]));
    expect(
      worker(work)
        .asked('delegation.cancel')
        .map(({ id }) => id),
    ).toContain(taskOf(work));
  },
);

test.each(['halted', 'cancelled'])(
  'a host that was away while its bot was %s comes back with what it had kept, in vain',
  async (how) => {
    const work = await atWork();
    const ada = worker(work);
    const { plane, caller } = installation;
    ada.supervisor.crash();
    await until(
      () => plane.links.holds(ada.link.botId),
      (holds) => !holds,
    );
    await (how === 'halted'
      ? haltFleet(plane, caller, { bots: [ada.link.botId] })
      : cancelDelegation(plane, caller, { delegationId: taskOf(work) }));
    await passes();
    const back = await linkedAgain(installation, ada);
    const { ask } = back.supervisor;
    const end = { id: taskOf(work), attempt: 1, outcome: 'done' as const, text: 'Kept', isRetryable: false };
    await s8.inVain('what it kept', [
      () => ask('delegation.began', { id: taskOf(work), attempt: 1, runId: 'kept' }),
      () => ask('delegation.ended', end),
      () => ask('delegation.ended', end),
      ...everyTool({ names: [work.members[2]?.name ?? ''], taskId: work.ids[1] ?? '' }).map(
        ([tool, given]) =>
          () =>
            ask('team.call', { callId: randomUUID(), tool, arguments: given, session: sessionOf(taskOf(work)) }),
      ),
    ]);
    expect(s8.counts.letIn).toBe(0);
  },
);
