import type { EventFilter } from '@clawster/contract/event';
import { outcomeOf } from '@clawster/contract/event-outcome';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newTrail, type Trail } from '../audit/testing/trail.ts';
import { change } from '../change.ts';
import { exportEvents } from './export-events.ts';
import { listEvents } from './list-events.ts';
import type { NewEvent } from './recorder.ts';

let trail: Trail;
const happen = (event: NewEvent, job = 'test') =>
  change(trail.plane, { workspaceId: trail.ours.workspaceId, job }, ({ record }) => record(event));
beforeAll(async () => {
  trail = await newTrail();
  await trail.record(trail.ours, 3);
  await happen({ type: 'session-refused', subjectName: 'Eve' }, 'sign-in');
  await happen({ type: 'bot-phase-changed', subjectName: '100%_sure', detail: { to: 'failed', reason: 'Port taken' } });
  await happen({ type: 'bot-phase-changed', detail: { to: 'ready' } });
  await happen({ type: 'api-key-created', subjectName: '=cmd()' });
  await trail.record(trail.theirs, 2);
  await trail.seal();
  await happen({ type: 'bot-started' });
});
afterAll(() => trail.close());

const list = (filter: Omit<EventFilter, 'limit'>) => listEvents(trail.plane, trail.ours, { ...filter, limit: 100 });
const text = async (input: object, who = trail.ours) => {
  const { parts, ...file } = await exportEvents(trail.plane, who, { input, signal: new AbortController().signal });
  let all = '';
  for await (const part of parts) all += part;
  return { ...file, lines: all.split(/\r?\n/).filter(Boolean) };
};

test.each([
  [{ noun: 'bot' }, 6],
  [{ noun: 'api-key' }, 1],
  [{ type: 'bot-updated' }, 3],
  [{ actorKind: 'person' }, 3],
  [{ outcome: 'refused' }, 1],
  [{ outcome: 'failed' }, 1],
  [{ outcome: 'done' }, 7],
  [{ search: 'EVE' }, 1],
  [{ search: 'port taken' }, 1],
  [{ search: '192.0.2.7' }, 3],
  [{ search: '%' }, 1],
  [{ search: '0%_s' }, 1],
  [{ search: '\\' }, 0],
  [{ noun: 'bot', outcome: 'failed', search: 'sure' }, 1],
  [{ until: '2020-01-01T00:00:00Z' }, 0],
  [{ since: '2020-01-01T00:00:00Z' }, 9],
] as const)('of what happened, %o fits %i times, and in the export as in the list', async (filter, count) => {
  const { items, total } = await list(filter);
  expect([items.length, total]).toEqual([count, count]);
  await expect.poll(async () => (await text(filter)).lines.length).toBe(count);
});

test('by whom is a filter, too; another workspace sees its own alone', async () => {
  expect((await list({ actorId: trail.ours.id })).total).toBe(3);
  expect((await list({ actorId: trail.theirs.id })).total).toBe(0);
  await expect.poll(async () => (await text({}, trail.theirs)).lines.length).toBe(3);
});

test('what came of it is told alike by the filter and by the event', async () => {
  for (const outcome of ['done', 'refused', 'failed'] as const)
    for (const event of (await list({ outcome })).items) expect(outcomeOf(event)).toBe(outcome);
});

test('each event says whether it is sealed', async () => {
  const { items } = await list({});
  expect(items.map(({ sealed }) => sealed)).toEqual([false, ...Array.from({ length: 8 }, () => true)]);
});

test('an export is oldest first, an event a line, and no cell of it is a formula', async () => {
  const { name, lines } = await text({ format: 'jsonl' });
  expect(name).toBe('clawster-events.jsonl');
  expect(JSON.parse(lines[0] as string)).toMatchObject({ type: 'setup-completed' });
  const csv = await text({ format: 'csv' });
  expect(csv).toMatchObject({ name: 'clawster-events.csv', contentType: 'text/csv' });
  expect(csv.lines[0]).toMatch(/^id,at,type,outcome/);
  expect(csv.lines.find((line) => line.includes('api-key-created'))).toContain(",'=cmd(),");
});

test('a long export is made page by page, and loses nothing between them', async () => {
  await change(trail.plane, { workspaceId: trail.theirs.workspaceId, job: 'test' }, async ({ record }) => {
    await Promise.all(Array.from({ length: 1_200 }, () => record({ type: 'bot-started' })));
  });
  await expect.poll(async () => (await text({ noun: 'bot' }, trail.theirs)).lines.length).toBe(1_202);
  const ids = (await text({}, trail.theirs)).lines.map((line) => (JSON.parse(line) as { id: string }).id);
  expect(new Set(ids).size).toBe(ids.length);
});
