import { getEgress } from '@clawster/control-plane/egress/get-egress';
import { keepEgress } from '@clawster/control-plane/egress/keep-egress';
import { listEvents } from '@clawster/control-plane/event/list-events';
import { createProfile } from '@clawster/control-plane/profile/create-profile';
import { Settings } from '@clawster/contract/settings';
import type { RefusedEgress } from '@clawster/target/egress';
import type { ConnectedTarget } from '@clawster/target/target';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { testInstallation, type TestInstallation } from './test-installation.ts';

vi.setConfig({ testTimeout: 120_000 });

type Lists = Parameters<NonNullable<ConnectedTarget['confine']>>[0];

let installation: TestInstallation;
let told: Lists = [];
let refused: RefusedEgress[] = [];
beforeAll(async () => {
  installation = await testInstallation({ without: 'keep-egress' });
  Object.assign(installation.host, {
    confine: async (lists: Lists) => {
      told = lists;
      return refused.splice(0);
    },
  });
});
afterAll(() => installation.close());

const pass = () => keepEgress(installation.plane, new AbortController().signal);
const egressOf = (botId: string) => getEgress(installation.plane, installation.caller, { botId });
const eventsOf = async (subjectId: string) =>
  (await listEvents(installation.plane, installation.caller, { type: 'bot-egress-refused', subjectId, limit: 100 }))
    .items;
const refusal = (botId: string, some: Partial<RefusedEgress> = {}): RefusedEgress => {
  const at = new Date().toISOString();
  return { botId, place: 'evil.example:443', reason: 'not-allowed', count: 3, firstAt: at, lastAt: at, ...some };
};
const hosts = (...list: string[]) => ({ egress: { hosts: list } });

test('a bot begins with its list, and its target is told when a layer of it changes', async () => {
  const { plane, caller, createBot, until, host, url } = installation;
  const profile = { name: 'Shops', selector: { team: 'shop' }, settings: hosts('shop.example.com:443') };
  await createProfile(plane, caller, profile);
  const settings = { egress: { hosts: { $add: ['*.example.org:443'] } } };
  const { id } = await createBot({ labels: { team: 'shop' }, settings });
  await until(id, 'ready');
  const list = { allowed: ['*.example.org:443', 'shop.example.com:443'], inside: [new URL(url).host] };
  expect(host.volumes.get(id)?.workload.egress).toEqual(list);
  await pass();
  expect(told).toEqual([{ botId: id, ...list }]);
  const { keptAt, ...shown } = await egressOf(id);
  expect(shown).toEqual({ ...list, refused: [] });
  expect(keptAt).toBeDefined();
  await createProfile(plane, caller, { ...profile, name: 'Closed', priority: 900, settings: hosts() });
  await pass();
  expect(told).toEqual([{ botId: id, allowed: ['*.example.org:443'], inside: list.inside }]);
});

test('what it was refused is told once an hour for each place, and counted', async () => {
  const { createBot, until } = installation;
  const { id } = await createBot({ name: 'curious' });
  await until(id, 'ready');
  refused = [refusal(id), refusal(id, { place: '10.0.0.1:80', reason: 'not-a-name' })];
  await pass();
  refused = [refusal(id), refusal(id, { place: 'evil.example:443', count: 4 })];
  await pass();
  const events = await eventsOf(id);
  expect(events.map(({ subjectName, detail }) => ({ subjectName, ...detail }))).toEqual(
    expect.arrayContaining([
      { subjectName: 'curious', place: '10.0.0.1:80', reason: 'not-a-name', count: 3 },
      { subjectName: 'curious', place: 'evil.example:443', reason: 'not-allowed', count: 3 },
    ]),
  );
  expect(events.length).toBe(2);
  const counts = (await egressOf(id)).refused.map(({ place, count }) => `${place} ${count}`);
  expect(counts.toSorted()).toEqual(['10.0.0.1:80 3', 'evil.example:443 10']);
});

test('a bot that tries everything fills neither the record nor the database', async () => {
  const { createBot, until } = installation;
  const { id } = await createBot();
  await until(id, 'ready');
  for (const round of [1, 2, 3]) {
    refused = Array.from({ length: 100 }, (_, at) => refusal(id, { place: `${round}-${at}.example:443` }));
    await pass();
  }
  expect((await eventsOf(id)).length).toBe(51);
  const { refused: kept } = await egressOf(id);
  expect(kept.length).toBe(51);
  expect(kept.reduce((sum, { count }) => sum + count, 0)).toBe(900);
});

test('a target speaks of its own bots alone', async () => {
  const { plane, caller, createBot, until, otherHost } = installation;
  const { id } = await createBot();
  await until(id, 'ready');
  refused = [refusal('00000000-0000-4000-8000-000000000000'), refusal('no id at all')];
  await pass();
  expect(otherHost.volumes.size).toBe(0);
  expect((await listEvents(plane, caller, { type: 'bot-egress-refused', subjectId: id })).items).toEqual([]);
});

test('a target that cannot be told holds up no other, and its bots keep their lists', async () => {
  const before = told;
  const { host, logged } = installation;
  const confine = (host as ConnectedTarget).confine;
  Object.assign(host, { confine: () => Promise.reject(new Error('connection lost')) });
  await pass();
  expect(logged.map(({ message }) => message)).toContain('a target could not be told where its bots may connect to');
  expect(told).toBe(before);
  Object.assign(host, { confine });
});

test.each(['evil', '*.com:443', '10.0.0.1:80', 'https://example.com'])('no layer names %s', (host) => {
  const outcome = Settings.safeParse(hosts(host));
  expect(outcome.success).toBe(false);
});
