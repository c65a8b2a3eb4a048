import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Delivery } from '@clawster/link/team';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Supervised, supervised } from '../testing/supervised.ts';
import { until } from '../testing/link-server.ts';

/** A supervisor with the stand-in for OpenClaw and the demo model, whose `#demo` lines say what it does. */
let bot: Supervised;
const team = { teamName: 'Shop', isLead: false, tools: ['delegate' as const] };
beforeEach(async () => {
  bot = await supervised();
  await bot.configure({ team });
  await bot.reaches('ready', 1);
});
afterEach(() => bot.close());

function delivery(message: string, change: Partial<Delivery> = {}): Delivery {
  const id = randomUUID();
  const session = `agent:main:clawster-task:${id}`;
  return { id, attempt: 1, session, message, context: '', tools: 'all', teamTools: [], timeoutSeconds: 60, ...change };
}
type Told = { id: string; attempt: number; outcome?: string; text?: string };
const told = (method: string) => bot.link.askedBy<Told>(method);
const ended = (id: string) =>
  until(() => told('delegation.ended').find((end) => end.id === id), 30_000, `the end of ${id}`);
const deliver = (one: Delivery) => bot.link.ask('delegation.deliver', one);
const quick = '#demo text All is well';
const slow = '#demo slow 200';

test('a delegation is done in its session, and its begin and end are told', async () => {
  const one = delivery(quick);
  expect(await deliver(one)).toEqual({});
  expect(await ended(one.id)).toMatchObject({ attempt: 1, outcome: 'done', text: 'All is well' });
  expect(told('delegation.began')).toEqual([{ id: one.id, attempt: 1, runId: `clawster:${one.id}:1` }]);
});

test('it is on the disk, for its owner alone, before it is answered', async () => {
  const one = delivery(slow);
  await deliver(one);
  const file = join(bot.directory, 'deliveries', `${one.id}.json`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ delivery: { message: slow } });
});

test('the same attempt twice is done once; another attempt is done again', async () => {
  const one = delivery(quick);
  await Promise.all([deliver(one), deliver(one)]);
  await ended(one.id);
  await deliver(one);
  await deliver({ ...one, attempt: 2 });
  await until(() => told('delegation.ended').some(({ attempt }) => attempt === 2), 30_000, 'the second attempt');
  expect(told('delegation.ended').map(({ attempt }) => attempt)).toEqual([1, 2]);
});

test('an end that nobody heard is told until somebody does', async () => {
  let isDeaf = true;
  bot.link.answers['delegation.ended'] = () => {
    if (isDeaf) throw new Error('Not now');
    return {};
  };
  const one = delivery(quick);
  await deliver(one);
  await ended(one.id);
  isDeaf = false;
  await until(() => told('delegation.ended').length >= 2, 30_000, 'it to be told again');
  expect(new Set(told('delegation.ended').map(({ outcome }) => outcome))).toEqual(new Set(['done']));
});

test('what waits on the disk is done by the supervisor that comes after', async () => {
  const [one, other] = [delivery('#demo slow 20'), delivery('#demo slow 20')];
  await Promise.all([deliver(one), deliver(other)]);
  await until(() => told('delegation.began').length === 2, 30_000, 'both to begin');
  await bot.restart();
  await bot.configure({ team, generation: 2 });
  const ends = await Promise.all([ended(one.id), ended(other.id)]);
  expect(ends.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
});

test('one that is taken back runs no more when that is answered, and is told as given up', async () => {
  const one = delivery(slow);
  await deliver(one);
  await until(() => told('delegation.began').length === 1, 30_000, 'it to begin');
  await bot.link.ask('delegation.cancel', { id: one.id, reason: 'Not needed' });
  expect(await ended(one.id)).toMatchObject({ outcome: 'aborted', failure: 'Not needed' });
  expect(await bot.link.ask('delegation.cancel', { id: one.id, reason: 'Again' })).toEqual({});
  expect(await bot.link.ask('delegation.cancel', { id: randomUUID(), reason: 'Unknown' })).toEqual({});
});

test('a paused bot takes none on, and one in no team neither', async () => {
  await bot.configure({ team, generation: 2, desired: 'paused' });
  await bot.reaches('paused', 2);
  await expect(deliver(delivery(quick))).rejects.toMatchObject({ code: 'refused' });
  await bot.configure({ generation: 3 });
  await bot.reaches('ready', 3);
  await expect(deliver(delivery(quick))).rejects.toThrow('in no team');
});

test('the emergency stop ends what is under way, and it does not go on afterwards', async () => {
  const one = delivery(slow);
  await deliver(one);
  await until(() => told('delegation.began').length === 1, 30_000, 'it to begin');
  await bot.link.ask('halt', { mode: 'stop' });
  expect(await ended(one.id)).toMatchObject({ outcome: 'aborted', failure: 'The emergency stop was given' });
  await bot.configure({ team, generation: 2 });
  await bot.reaches('ready', 2);
  expect(told('delegation.ended')).toHaveLength(1);
});

test('what came meanwhile is told in its conversation, once', async () => {
  const conversation = 'one';
  const tell = { id: 'answer-1', session: `agent:main:clawster:${conversation}`, message: '#demo text I see' };
  await Promise.all([bot.link.ask('team.tell', tell), bot.link.ask('team.tell', tell)]);
  const history = async () =>
    ((await bot.link.ask('turn.history', { conversation, limit: 50 })) as { items: { text: string }[] }).items;
  await until(async () => (await history()).length >= 2, 30_000, 'the turn');
  await bot.link.ask('team.tell', tell);
  expect((await history()).map(({ text }) => text)).toEqual(['#demo text I see', 'I see']);
});

test('a delegation that is told something after its turn ends anew with what it says then, unless it was taken back', async () => {
  const one = delivery(quick);
  await deliver(one);
  await ended(one.id);
  const tell = (id: string, text: string) =>
    bot.link.ask('team.tell', { id, session: one.session, message: `#demo text ${text}` });
  await tell('part', 'With the part');
  await until(() => told('delegation.ended').length === 2, 30_000, 'the other end');
  expect(told('delegation.ended').map(({ text }) => text)).toEqual(['All is well', 'With the part']);
  await bot.link.ask('delegation.cancel', { id: one.id, reason: 'Not needed' });
  await tell('late', 'Too late');
  await tell('other', 'Another conversation');
  const other = delivery('#demo text After it');
  await deliver(other);
  await ended(other.id);
  expect(told('delegation.ended').filter(({ id }) => id === one.id)).toHaveLength(2);
});
