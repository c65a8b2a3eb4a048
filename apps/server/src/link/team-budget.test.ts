import { randomUUID } from 'node:crypto';
import { createBudget } from '@clawster/control-plane/budget/create-budget';
import { listBudgets } from '@clawster/control-plane/budget/list-budgets';
import type { OpenLink } from '@clawster/control-plane/link/open-link';
import { readAs } from '@clawster/control-plane/query';
import { createTeam } from '@clawster/control-plane/team/create-team';
import { deleteTeam } from '@clawster/control-plane/team/delete-team';
import { removeMember } from '@clawster/control-plane/team/remove-member';
import { setMember } from '@clawster/control-plane/team/set-member';
import { updateTeam } from '@clawster/control-plane/team/update-team';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testBudgets } from './test-budgets.ts';
import { newWorkspace, type TestInstallation, testInstallation } from './test-installation.ts';

let installation: TestInstallation;
beforeAll(async () => {
  installation = await testInstallation({ loops: false });
});
afterAll(() => installation.close());

const { call, linked, made, shown, draw, spend, generationOf } = testBudgets(() => installation);
async function teamed() {
  const [ada, bob, eve] = [await linked(), await linked(), await linked()];
  const { id, name } = await createTeam(installation.plane, installation.caller, {
    name: `Team ${randomUUID()}`,
    lead: { botId: ada.botId },
    members: [{ botId: bob.botId }],
  });
  return { ada, bob, eve, teamId: id, teamName: name };
}
const join = (teamId: string, { botId }: OpenLink) =>
  setMember(installation.plane, installation.caller, { teamId, botId });
const leave = (teamId: string, { botId }: OpenLink) =>
  removeMember(installation.plane, installation.caller, { teamId, botId });

test('members of a team are granted no more than its limit together, and nobody else is granted anything', async () => {
  const { ada, bob, eve, teamId, teamName } = await teamed();
  const before = [await generationOf(ada), await generationOf(bob), await generationOf(eve)];
  const { id, ...budget } = await made({ scope: { teamId } });
  expect(budget).toMatchObject({ scope: { teamId }, teamName, botCount: 2 });
  const after = [await generationOf(ada), await generationOf(bob), await generationOf(eve)];
  expect(after.map((generation, at) => generation - (before[at] ?? 0))).toEqual([1, 1, 0]);
  expect([(await draw(ada, id)).allowedUsd, (await draw(bob, id)).allowedUsd]).toEqual([5, 1.25]);
  await expect(draw(eve, id)).rejects.toThrow('does not limit this bot');
  const draws = await Promise.all(
    Array.from({ length: 20 }, (_, at) => draw(at % 2 ? ada : bob, id, { book: `book ${at}`, wantsUsd: 3 })),
  );
  expect(draws.some(({ refused }) => refused === 'reserved')).toBe(true);
  const { use, shares } = await shown(id);
  expect(use.spentUsd + use.reservedUsd).toBeCloseTo(10, 9);
  expect(new Set(shares.map(({ botId }) => botId))).toEqual(new Set([ada.botId, bob.botId]));
});

test('a bot that joins is held to it at once; one that leaves is told, draws nothing more, and what it drew stays', async () => {
  const { ada, bob, eve, teamId } = await teamed();
  const { id } = await made({ scope: { teamId } });
  const joining = await generationOf(eve);
  await join(teamId, eve);
  expect(await generationOf(eve)).toBe(joining + 1);
  expect((await draw(eve, id)).allowedUsd).toBe(5);
  const { allowedUsd, startsOn } = await draw(bob, id);
  const leaving = await generationOf(bob);
  await leave(teamId, bob);
  expect(await generationOf(bob)).toBe(leaving + 1);
  await expect(draw(bob, id, { startsOn, spentUsd: 1, allowedUsd })).rejects.toThrow('does not limit this bot');
  await draw(bob, id, { startsOn, spentUsd: 1, allowedUsd: 1, wantsUsd: 0 });
  expect(await shown(id)).toMatchObject({ botCount: 2, use: { spentUsd: 1, reservedUsd: 5 } });
  expect((await draw(ada, id)).allowedUsd).toBeGreaterThan(0);
});

test('what its members spent before counts, of whoever is in the team then', async () => {
  const { ada, bob, eve, teamId } = await teamed();
  await spend(ada, call(2));
  await spend(bob, call(3));
  await spend(eve, call(100));
  const { id, use } = await made({ scope: { teamId }, hard: false });
  expect(use.spentUsd).toBe(5);
  await join(teamId, eve);
  expect((await shown(id)).use.spentUsd).toBe(105);
});

test('a team that was disbanded leaves a budget under its name that stops nobody', async () => {
  const { ada, teamId } = await teamed();
  const { id } = await made({ scope: { teamId } });
  await updateTeam(installation.plane, installation.caller, { teamId, name: `Renamed ${teamId}`, baseVersion: 1 });
  await deleteTeam(installation.plane, installation.caller, { teamId });
  expect(await shown(id)).toMatchObject({ teamName: `Renamed ${teamId}`, botCount: 0 });
  await expect(draw(ada, id)).rejects.toThrow('does not limit this bot');
  await expect(made({ scope: { teamId } })).rejects.toThrow('no such team');
});

test('nobody limits a team of another workspace, nor sees its budget', async () => {
  const { teamId } = await teamed();
  await made({ scope: { teamId } });
  const other = await newWorkspace(installation.plane);
  const ask = { name: 'Theirs', scope: { teamId }, period: 'day', limitUsd: 1 } as const;
  await expect(createBudget(installation.plane, other, ask)).rejects.toThrow('no such team');
  expect((await listBudgets(installation.plane, other, {})).items).toEqual([]);
});

test('whoever reaches some bots only sees the budget of a team when they reach its lead', async () => {
  const { ada, bob, teamId } = await teamed();
  const { id } = await made({ scope: { teamId } });
  const { workspaceId } = installation.caller;
  const seenBy = ({ botId }: OpenLink) =>
    readAs(installation.plane, { workspaceId, reach: [{ botId }] }, (tx) =>
      tx.selectFrom('budget').select('id').where('id', '=', id).execute(),
    );
  expect([await seenBy(ada), await seenBy(bob)]).toEqual([[{ id }], []]);
});
