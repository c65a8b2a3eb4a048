import { randomUUID } from 'node:crypto';
import { RuleAction, type TeamRule } from '@clawster/contract/team-rule';
import { createDelegation } from '@clawster/control-plane/delegation/create-delegation';
import { advanceGoals } from '@clawster/control-plane/goal/advance-goals';
import { createGoal } from '@clawster/control-plane/goal/create-goal';
import { answerItem, decideItem } from '@clawster/control-plane/inbox/decide-item';
import { getInboxItem } from '@clawster/control-plane/inbox/get-item';
import type { AtWork } from '../seed/obedient-bot.ts';
import type { TestInstallation } from './test-installation.ts';
import { directs, type Member, rule, type TestTeam } from './test-team.ts';

/** Where hostile texts are brought to bots. */
export type Stage = {
  installation: TestInstallation;
  team: TestTeam;
  lead: Member;
  ada: Member;
  bob: Member;
  rules: TeamRule[];
  /** A conversation of its own for each text, which nobody has written in. */
  session: string;
  /** A bot reads this there, and does all it says. */
  reads(by: Member, text: string, session?: string): Promise<void>;
  /** What Ada does when she is next given a task of this title. */
  adaWill(work: (at: AtWork) => Promise<string>): void;
  /** Begins the turns that tell bots of what they wait for. */
  tell(): Promise<void>;
  /** Resolves once a bot has read the text by itself, and done all it says. */
  obeyed(): Promise<void>;
};
/** How a text reaches a bot; `outside`: people outside had a hand in it. `short`: as a line of so many characters. */
export type Path = {
  outside?: true;
  short?: number;
  /** What people do first. */
  arrange?(stage: Stage, text: string): Promise<unknown>;
  bring(stage: Stage, text: string): Promise<unknown>;
};

export const adasTitle = 'Do as you will';
const signal = () => AbortSignal.timeout(60_000);
export const outsider = 'agent:main:telegram:direct:42';
export const one = async ({ installation }: Stage, text: string) => (await installation.database.rows(text))[0] ?? {};
export const chats = ({ installation, lead, session }: Stage, more: object = {}) =>
  directs(installation, lead, { session, ...more });
export const asksAda = (stage: Stage, task = 'Do it') =>
  stage.lead.call('delegate', { to: stage.ada.name, title: adasTitle, task }, { session: stage.session });

/** Loops do what is due, until a bot has read the text. */
export async function isTold(stage: Stage): Promise<void> {
  await stage.tell();
  await stage.obeyed();
}

/** The lead gives Ada a task; what she makes of it, it is told. */
export async function ofAda(stage: Stage, will: (at: AtWork) => Promise<string>): Promise<void> {
  await chats(stage);
  stage.adaWill(will);
  const { text } = await asksAda(stage);
  const id = /[0-9a-f-]{36}/.exec(text)?.[0];
  for (let over = false; !over;)
    over = (await one(stage, `select ended_at from delegation where id = '${id}'`))['ended_at'] !== null;
  await isTold(stage);
}

/** Ada reads what somebody outside wrote, who is known to her by a channel. */
export async function readsOutside({ bob }: Stage, at: AtWork, text: string): Promise<void> {
  const key = `outside/${randomUUID()}`;
  await bob.call('write_context', { key, text, base_version: 0 }, { session: outsider });
  await at.call('read_context', { key });
}

export async function decides(
  stage: Stage,
  where: string,
  wish: { answer: string } | { decision: string; reason: string },
) {
  const { plane, caller } = stage.installation;
  const { id } = await one(
    stage,
    `select id from inbox_item where state = 'open' and ${where} order by created_at desc`,
  );
  const { contentHash } = await getInboxItem(plane, caller, { itemId: id });
  return ('answer' in wish ? answerItem : decideItem)(plane, caller, { itemId: id, contentHash, ...wish });
}

export const newGoal = ({ installation: { plane, caller }, team }: Stage, more: object) =>
  createGoal(plane, caller, { teamId: team.teamId, title: 'Goal', ...more });

/** The lead proposes a plan, which a person refuses: it is asked for another one. */
export async function refusedPlan(stage: Stage, { task = 'Do it', reason = '' }: { task?: string; reason?: string }) {
  const { id } = await newGoal(stage, {});
  const tasks = [{ key: 'one', title: 'One', task, capability: 'work' }];
  await stage.lead.call(
    'propose_plan',
    { goal_id: id, milestones: [{ title: 'M', tasks }] },
    { session: stage.session },
  );
  await decides(stage, `kind = 'plan' and subject = '${id}'`, { decision: 'refuse', reason });
  await isTold(stage);
}

export const goalsNow = async (stage: Stage) => {
  await stage.installation.database.rows(`update goal set looked_at = now() - interval '5 minutes'`);
  await advanceGoals(stage.installation.plane, signal());
};

/** A rule of the team's first says so of whatever Bob is asked for. */
export const ruled = (stage: Stage, action: object) =>
  stage.team.setRules([
    rule('bob', { when: { to: [stage.bob.name] }, action: RuleAction.parse(action) }),
    ...stage.rules,
  ]);
export async function asksBob(stage: Stage): Promise<void> {
  await chats(stage);
  const ask = { to: stage.bob.name, title: 'Bob', task: 'Do it' };
  await stage.reads(stage.lead, (await stage.lead.call('delegate', ask, { session: stage.session })).text);
}

export const ofPeople = (stage: Stage, some: object) =>
  createDelegation(stage.installation.plane, stage.installation.caller, {
    teamId: stage.team.teamId,
    toBotId: stage.ada.link.botId,
    title: 'A task',
    text: 'Do it',
    ...some,
  }).then(() => isTold(stage));
