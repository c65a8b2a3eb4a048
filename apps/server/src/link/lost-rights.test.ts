import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Permission, Role } from '@clawster/contract/permission';
import { createApiKey } from '@clawster/control-plane/api-key/create-api-key';
import { revokeApiKey } from '@clawster/control-plane/api-key/revoke-api-key';
import { rotateApiKey } from '@clawster/control-plane/api-key/rotate-api-key';
import { createBackup } from '@clawster/control-plane/backup/create-backup';
import { labelBot } from '@clawster/control-plane/bot/label-bot';
import { moveBot } from '@clawster/control-plane/bot/move-bot';
import type { SignedIn } from '@clawster/control-plane/caller';
import { keep } from '@clawster/control-plane/change';
import { advanceOperations } from '@clawster/control-plane/operation/advance-operations';
import { getOperation } from '@clawster/control-plane/operation/get-operation';
import { changeRole } from '@clawster/control-plane/person/change-role';
import { disablePerson } from '@clawster/control-plane/person/disable-person';
import { removePerson } from '@clawster/control-plane/person/remove-person';
import { createRoleBinding } from '@clawster/control-plane/role-binding/create-role-binding';
import { deleteRoleBinding } from '@clawster/control-plane/role-binding/delete-role-binding';
import { createRole } from '@clawster/control-plane/role/create-role';
import { updateRole } from '@clawster/control-plane/role/update-role';
import { createServiceAccount } from '@clawster/control-plane/service-account/create-service-account';
import { disableServiceAccount } from '@clawster/control-plane/service-account/disable-service-account';
import { builtInRole } from '@clawster/domain/role/role';
import { afterEach, expect, test, vi } from 'vitest';
import { soonMs } from '../http/test-people.ts';
import { type TestInstallation, testInstallation } from './test-installation.ts';
import { advanceWithKills, otherTarget, untilOver } from './test-operations.ts';

// S4: what someone began and may do no more stops within a second of the commit, and nothing of it is left.

vi.setConfig({ testTimeout: 180_000 });

let installation: TestInstallation;
afterEach(() => installation.close());

const readyBot = async () => {
  const bot = await installation.until((await installation.createBot({ labels: { team: 'a' } })).id, 'ready');
  installation.host.state.remember(bot.id, 'the sea is blue');
  return bot;
};

/** A member with a role, as the door would let them in. */
async function member(role: Role, held: Partial<SignedIn> = {}): Promise<SignedIn> {
  const { plane, caller } = installation;
  const id = randomUUID();
  await keep(plane, async (tx) => {
    const email = `${id}@example.com`;
    await tx.insertInto('person').values({ id, name: 'Grace', email, passwordHash: null }).execute();
    await tx.insertInto('membership').values({ workspaceId: caller.workspaceId, personId: id, role }).execute();
  });
  return { ...caller, id, name: 'Grace', role, ...held } as SignedIn;
}
const operator = () => member('operator', builtInRole('operator'));
const bindingFor = async (personId: string) => {
  const bots = { labels: { team: 'a' } };
  return createRoleBinding(installation.plane, installation.caller, { personId, role: 'operator', bots });
};
const bound = async (): Promise<SignedIn & { bindingId: string }> => {
  const grants = [{ ...builtInRole('operator'), bots: { labels: { team: 'a' } } }];
  const grace = await member('member', { ...builtInRole('member'), grants });
  return { ...grace, bindingId: (await bindingFor(grace.id)).id };
};
async function key(serviceAccountId?: string): Promise<SignedIn> {
  const { plane, caller } = installation;
  const of = serviceAccountId ? { serviceAccountId } : {};
  const { apiKey } = await createApiKey(plane, caller, { name: 'CI', role: 'operator', ...of });
  return { ...caller, ...builtInRole('operator'), kind: 'api-key', id: apiKey.id, name: 'CI' };
}

type Loss = { who: SignedIn; lose: (botId: string) => Promise<unknown> };
const losses: [string, () => Promise<Loss>][] = [
  [
    'their person is disabled',
    async () => {
      const who = await operator();
      return { who, lose: () => disablePerson(installation.plane, installation.caller, { personId: who.id }) };
    },
  ],
  [
    'their person is removed',
    async () => {
      const who = await operator();
      return { who, lose: () => removePerson(installation.plane, installation.caller, { personId: who.id }) };
    },
  ],
  [
    'their role is lowered',
    async () => {
      const who = await operator();
      const input = { personId: who.id, role: 'viewer' };
      return { who, lose: () => changeRole(installation.plane, installation.caller, input) };
    },
  ],
  [
    'their role loses the permission',
    async () => {
      const { plane, caller } = installation;
      const permissions: Permission[] = ['bot:read', 'backup:read', 'backup:create', 'bot:update'];
      await createRole(plane, caller, { name: 'keeper', permissions });
      const who = await member('keeper', { permissions: new Set(permissions) });
      return { who, lose: () => updateRole(plane, caller, { role: 'keeper', permissions: ['bot:read'] }) };
    },
  ],
  [
    'their role for these bots is taken away',
    async () => {
      const who = await bound();
      return {
        who,
        lose: () => deleteRoleBinding(installation.plane, installation.caller, { bindingId: who.bindingId }),
      };
    },
  ],
  [
    'the bot is no longer among theirs',
    async () => ({
      who: await bound(),
      lose: (botId) => labelBot(installation.plane, installation.caller, { botId, labels: { team: 'b' } }),
    }),
  ],
  [
    'their key is revoked',
    async () => {
      const who = await key();
      return { who, lose: () => revokeApiKey(installation.plane, installation.caller, { apiKeyId: who.id }) };
    },
  ],
  [
    "their key's service account is disabled",
    async () => {
      const { plane, caller } = installation;
      const account = await createServiceAccount(plane, caller, { name: 'robot', role: 'operator' });
      const serviceAccountId = account.id;
      return {
        who: await key(serviceAccountId),
        lose: () => disableServiceAccount(plane, caller, { serviceAccountId }),
      };
    },
  ],
];

test.each(losses)('a backup that runs stops within a second when %s, and leaves no file', async (_, prepare) => {
  installation = await testInstallation();
  const { plane, caller, host } = installation;
  const bot = await readyBot();
  const { who, lose } = await prepare();
  host.state.delayMs = 60_000;
  const { id } = await createBackup(plane, who, { botId: bot.id });
  await expect.poll(() => host.state.open).toBe(1);
  await lose(bot.id);
  const lostAt = performance.now();
  // What is read of the bot's state is what it does.
  while (host.state.open > 0) await sleep(10);
  const tookMs = performance.now() - lostAt;
  const ended = await untilOver(installation, { id }, 'cancelled');
  process.stdout.write(`stopped ${Math.round(tookMs)} ms after the commit: ${_}\n`);
  expect(tookMs).toBeLessThan(soonMs);
  expect(ended.reason).toMatch(/^(Grace|The API key "CI"), who began it, no longer may: .*; all is as it was before$/);
  expect(await readdir(plane.settings.backupsDirectory)).toEqual([]);
  expect(await installation.database.rows('select id from backup')).toEqual([]);
  const told = await installation.database.rows(`select detail from event where type = 'operation-phase-changed'
    and workspace_id = '${caller.workspaceId}' order by id desc limit 1`);
  expect(told[0]?.['detail']).toMatchObject({ to: 'cancelled', reason: ended.reason });
});

test('a move that copies stops, and the bot is ready where it was, with nothing left at the other place', async () => {
  installation = await testInstallation();
  const { plane, caller, host, otherHost } = installation;
  const bot = await readyBot();
  const who = await operator();
  host.state.delayMs = 60_000;
  const targetId = await otherTarget(installation);
  const { id } = await moveBot(plane, who, { botId: bot.id, targetId });
  await expect.poll(() => host.state.open, { timeout: 60_000 }).toBe(1);
  await disablePerson(plane, caller, { personId: who.id });
  const lostAt = performance.now();
  while (host.state.open > 0) await sleep(10);
  expect(performance.now() - lostAt).toBeLessThan(soonMs);
  await untilOver(installation, { id }, 'cancelled');
  expect(await installation.until(bot.id, 'ready')).toMatchObject({ targetId: bot.targetId });
  expect([otherHost.state.imports, otherHost.isRunning(bot.id)]).toEqual([0, false]);
});

test.each([
  ['it is looked for among those that wait', ['advance-operations']],
  ['its turn comes before that look', ['advance-operations', 'stop-lost-operations']],
])('one that waits for its turn never begins: %s', async (_, without) => {
  installation = await testInstallation({ without });
  const { plane, caller, host } = installation;
  const bot = await readyBot();
  const who = await operator();
  const { id } = await createBackup(plane, who, { botId: bot.id });
  // As after failures.
  await installation.database.rows(`update operation set reconcile_at = now() + interval '1 hour'`);
  await changeRole(plane, caller, { personId: who.id, role: 'viewer' });
  const operation = () => getOperation(plane, caller, { operationId: id });
  if (without.length === 1)
    await expect.poll(async () => (await operation()).cancelAsked, { timeout: soonMs, interval: 50 }).toBe(true);
  else await installation.database.rows('update operation set reconcile_at = now()');
  await advanceOperations(plane, new AbortController().signal);
  expect(await operation()).toMatchObject({ phase: 'cancelled', reason: expect.stringContaining('no longer may') });
  expect(host.state.exports).toBe(0);
});

test('one beyond its point of no return goes on to its end', async () => {
  installation = await testInstallation({ without: 'advance-operations' });
  const { plane, caller } = installation;
  const bot = await readyBot();
  const who = await operator();
  const targetId = await otherTarget(installation);
  const operation = await moveBot(plane, who, { botId: bot.id, targetId });
  const isSwitched = async () =>
    (await installation.database.rows(`select id from bot where target_id = '${targetId}'`)).length === 1;
  while (!(await isSwitched()))
    await advanceOperations(plane, new AbortController().signal, (_, step, when) => {
      if (`${when} ${step}` === 'after switch') throw new Error('killed');
    });
  await disablePerson(plane, caller, { personId: who.id });
  await advanceWithKills(installation, operation);
  await untilOver(installation, operation);
  expect(await installation.until(bot.id, 'ready')).toMatchObject({ targetId });
});

test('one whose key was rotated goes on by the key that took its place', async () => {
  installation = await testInstallation();
  const { plane, caller, host } = installation;
  const bot = await readyBot();
  const who = await key();
  host.state.delayMs = 2_500;
  const operation = await createBackup(plane, who, { botId: bot.id });
  await rotateApiKey(plane, caller, { apiKeyId: who.id });
  await installation.database.rows(`update api_key set expires_at = now() where id = '${who.id}'`);
  expect(await untilOver(installation, operation)).toMatchObject({ phase: 'done' });
});
