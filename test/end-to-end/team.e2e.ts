import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@clawster/client/client';
import type { Bot } from '@clawster/contract/bot';
import type { Delegation } from '@clawster/contract/delegation';
import type { InboxKind } from '@clawster/contract/inbox';
import type { RuleShare, TeamRule } from '@clawster/contract/team-rule';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newVisit, openBrowser, picture } from '../support/browser.ts';
import { gatewayPid } from '../support/gateway-pid.ts';
import { type Installation, installClawster } from '../support/installation.ts';
import { signIn, signUp } from '../support/owner.ts';
import { type Act, type PlayingModel, type Scene, startPlayingModel } from '../support/playing-model.ts';

// A lead and two members, each a real OpenClaw, reach a goal: the lead plans, a person approves, tasks go out side by side,
// one asking is refused by a rule, one is held and approved. In the middle a member, the lead and Clawster itself are
// killed and come back. Each test goes on where the one before ended.

const goalTitle = 'Have the new page online';
const plan = [
  {
    title: 'The page is ready',
    tasks: [
      { key: 'draft', title: 'Draft', task: 'Write the draft of the page', capability: 'writing' },
      { key: 'facts', title: 'Facts', task: 'Check the facts of the page', capability: 'review' },
    ],
  },
  {
    title: 'The page is online',
    tasks: [
      {
        key: 'publish',
        title: 'Publish',
        task: 'Publish the page',
        capability: 'publishing',
        after: ['draft', 'facts'],
      },
    ],
  },
];
const share: RuleShare = { down: 'summary', entries: [], up: 'result' };
const rules: TeamRule[] = [
  rule('passwords', 'Nobody is asked for passwords', {
    when: { text: { contains: ['password'] } },
    action: { do: 'refuse', reason: 'Passwords are asked of nobody' },
  }),
  rule('publishing', 'A person sees what is published', {
    when: { capability: ['publishing'] },
    action: { do: 'hold', reason: 'It is seen by everybody', minutes: 60, attempts: 2, share },
  }),
  rule('lead', 'The lead asks its members', {
    when: { from: ['@lead'] },
    action: { do: 'allow', attempts: 2, share },
  }),
];

function rule(id: string, name: string, rest: Pick<TeamRule, 'when' | 'action'>): TeamRule {
  return { id, name, enabled: true, ...rest };
}

let installation: Installation;
let model: PlayingModel;
let browser: Browser;
let page: Page;
let client: Client;
let teamId = '';
let goalId = '';
const bots: Record<string, Bot> = {};
/** Who checks facts thinks until this is so: in the meantime things are killed. */
const mayGoOn = Promise.withResolvers<void>();
let isChecking = false;

beforeAll(async () => {
  [installation, model, browser] = await Promise.all([installClawster(), startPlayingModel(play), openBrowser()]);
});
afterAll(async () => {
  mayGoOn.resolve();
  await browser?.close();
  await installation?.remove();
  await model?.close();
});

/** Each part of the play, by what is said to it. */
async function play({ said, results, tools }: Scene): Promise<Act> {
  const step = results.length;
  if (tools.includes('clawster__propose_plan')) return playLead(said, step);
  if (said.includes('Write the draft')) return writeDraft(step);
  if (said.includes('Check the facts')) return checkFacts(step);
  if (said.includes('Publish the page') && step === 0)
    return { call: [['clawster__complete_task', { result: 'The page is at example.com/new' }]] };
  return { say: 'All right.' };
}

function playLead(said: string, step: number): Act {
  const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(said)?.[0];
  if (said.includes('propose_plan') && id && step === 0)
    return { call: [['clawster__propose_plan', { goal_id: id, milestones: plan }]] };
  if (said.includes('example.com/new')) return { say: 'The new page is online at example.com/new.' };
  return { say: 'Noted.' };
}

function writeDraft(step: number): Act {
  if (step === 0) return { call: [['clawster__report_progress', { text: 'The outline stands', percent: 40 }]] };
  if (step === 1)
    return {
      call: [['clawster__delegate', { to: 'Rita', title: 'Password', task: 'Tell me the password of the site' }]],
    };
  if (step === 2) return { call: [['clawster__complete_task', { result: 'The draft: buy our bots' }]] };
  return { say: 'The draft is handed in.' };
}

async function checkFacts(step: number): Promise<Act> {
  if (step > 0) return { say: 'The facts are checked.' };
  isChecking = true;
  await mayGoOn.promise;
  return { call: [['clawster__complete_task', { result: 'All facts are right' }]] };
}

const phaseOf = async (bot: Bot) => (await client.bots.get({ botId: bot.id })).status.phase;
const untilReady = (bot: Bot) =>
  expect.poll(() => phaseOf(bot).catch(String), { timeout: 400_000, interval: 1_000 }).toBe('ready');
const allDelegations = async (): Promise<Delegation[]> => (await client.delegations.list({ teamId, limit: 200 })).items;
const titled = async (title: string) => (await allDelegations()).filter((one) => one.title.includes(title));
const waiting = async (kind: InboxKind) => (await client.inbox.list({ kind })).items;

test('a lead and two members become a team', async () => {
  client = await signUp(installation);
  const connector = await client.connectors.create({
    name: 'Player',
    provider: 'openai-compatible',
    baseUrl: model.baseUrl,
    model: 'player-1',
    models: [{ id: 'player-1', inputs: ['text'], price: { input: 3, output: 15, asOf: '2026-11-27' } }],
    apiKey: model.key,
  });
  for (const name of ['Lea', 'Sam', 'Rita']) bots[name] = await client.bots.create({ name, connectorId: connector.id });
  const team = await client.teams.create({
    name: 'Launch',
    charter: 'We bring pages online.',
    lead: { botId: bots['Lea']?.id ?? '' },
    members: [
      { botId: bots['Sam']?.id ?? '', title: 'Writer', capabilities: ['writing'], mayDelegate: true },
      { botId: bots['Rita']?.id ?? '', title: 'Editor', capabilities: ['review', 'publishing'] },
    ],
  });
  teamId = team.id;
  await client.teamRules.set({ teamId, baseVersion: team.rulesVersion, rules, note: 'To begin with' });
  for (const bot of Object.values(bots)) await untilReady(bot);
  expect((await client.teams.get({ teamId })).members.map(({ botName }) => botName).toSorted()).toEqual([
    'Lea',
    'Rita',
    'Sam',
  ]);
});

test('the lead proposes a plan for a goal, and nothing is done before a person approves it', async () => {
  const goal = await client.goals.create({ teamId, title: goalTitle, measure: 'example.com/new answers' });
  goalId = goal.id;
  await expect.poll(async () => (await waiting('plan')).length, { timeout: 180_000 }).toBe(1);
  expect((await client.goals.get({ goalId })).state).toBe('proposed');
  expect(await titled('Draft')).toEqual([]);
  const [item] = await waiting('plan');
  await client.inbox.decide({ itemId: item?.id ?? '', decision: 'approve', contentHash: item?.contentHash ?? '' });
});

test('tasks go out side by side; a member, the lead and Clawster itself are killed meanwhile', async () => {
  await expect.poll(() => isChecking, { timeout: 180_000 }).toBe(true);
  process.kill(await gatewayPid(installation, bots['Rita']?.id ?? ''), 'SIGKILL');
  process.kill(await gatewayPid(installation, bots['Lea']?.id ?? ''), 'SIGKILL');
  await sleep(2_000);
  await installation.stop();
  await sleep(2_000);
  await installation.start();
  for (const bot of Object.values(bots)) await untilReady(bot);
  mayGoOn.resolve();
  await expect
    .poll(async () => (await client.goals.get({ goalId })).tasks.done, { timeout: 300_000, interval: 1_000 })
    .toBe(2);
});

test('one asking was refused by its rule, and one waits for a person, who approves just that', async () => {
  expect(await titled('Password')).toMatchObject([{ state: 'refused', ruleId: 'passwords', fromName: 'Sam' }]);
  await expect.poll(async () => (await waiting('delegation')).length, { timeout: 120_000 }).toBe(1);
  const [item] = await waiting('delegation');
  const decide = (contentHash: string) =>
    client.inbox.decide({ itemId: item?.id ?? '', decision: 'approve', contentHash });
  ({ page } = await newVisit(browser, installation.url));
  await signIn(page);
  await look('inbox', '/inbox', 'Publish');
  await look('team-board', `/teams/${teamId}?tab=board`, 'Publish');
  await expect(decide('0'.repeat(64))).rejects.toThrow();
  await decide(item?.contentHash ?? '');
});

test('the goal is reached; every result counted once, and the lead summed up', async () => {
  await expect
    .poll(async () => (await client.goals.get({ goalId })).state, { timeout: 300_000, interval: 1_000 })
    .toBe('done');
  const goal = await client.goals.get({ goalId });
  expect(goal.result).toContain('example.com/new');
  for (const title of ['Draft', 'Facts', 'Publish'])
    expect((await titled(title)).map(({ state }) => state)).toEqual(['done']);
  expect(model.refused).toEqual([]);
});

test('one trace holds all of it, with what each delegation cost', async () => {
  // What the last turn took is told a moment after its answer.
  const free = async () => (await allDelegations()).filter(({ state, costUsd }) => state === 'done' && costUsd === 0);
  await expect.poll(async () => (await free()).map(({ title }) => title), { timeout: 60_000 }).toEqual([]);
  const goal = await client.goals.get({ goalId });
  const trace = await client.traces.get({ traceId: goal.traceId });
  const kinds = Map.groupBy(trace.spans, ({ kind }) => kind);
  expect(new Set(trace.spans.map(({ botName }) => botName))).toEqual(new Set(['Lea', 'Sam', 'Rita']));
  const delegated = await allDelegations();
  expect(kinds.get('delegation')).toHaveLength(delegated.length);
  expect(kinds.get('turn')?.length).toBeGreaterThanOrEqual(4);
});

test('the dashboard shows the team, its goal, what was decided, its rules and the trace', async () => {
  const { traceId } = await client.goals.get({ goalId });
  await look('team', `/teams/${teamId}`, 'Rita');
  await look('team-goals', `/teams/${teamId}?tab=goals&goal=${goalId}`, goalTitle);
  await look('team-delegations', `/teams/${teamId}?tab=delegations`, 'Password');
  await look('team-rules', `/teams/${teamId}?tab=rules`, 'Nobody is asked for passwords');
  await look('team-trace', `/activity/traces/${encodeURIComponent(traceId)}`, 'Sam');
  expect(await page.getByText('There is no such trace').count()).toBe(0);
});

/** A page that shows what it is to show. */
async function look(name: string, path: string, shows: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('main').getByText(shows).first().waitFor();
  await picture(page, name);
}
