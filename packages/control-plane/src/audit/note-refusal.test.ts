import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusalNotes } from './note-refusal.ts';
import { newTrail, type Trail } from './testing/trail.ts';

let trail: Trail;
beforeAll(async () => {
  trail = await newTrail();
});
afterAll(() => trail.close());

const recorded = () =>
  trail.attack<{ count: number; name: string; route: string }>(
    `select (detail->>'count')::int as count, actor->>'name' as name, detail->>'route' as route
     from event where type = 'request-refused' order by id`,
  );

test('a flood of refusals is two events a minute for each caller and route', async () => {
  const note = refusalNotes(trail.plane, 100);
  const refuse = (route: string, name = 'Ada') =>
    note(
      {
        id: name,
        workspaceId: trail.ours.workspaceId,
        caller: { ...trail.ours, id: name, name, permissions: new Set() },
      },
      { method: 'POST', route, sentence: 'Your role does not have the permission' },
    );
  for (let round = 0; round < 500; round += 1) refuse('/bots');
  refuse('/bots', 'Eve');
  refuse('/connectors');
  await expect.poll(async () => (await recorded()).length).toBe(4);
  expect(await recorded()).toEqual(
    expect.arrayContaining([
      { count: 1, name: 'Ada', route: '/bots' },
      { count: 499, name: 'Ada', route: '/bots' },
      { count: 1, name: 'Eve', route: '/bots' },
      { count: 1, name: 'Ada', route: '/connectors' },
    ]),
  );
});
