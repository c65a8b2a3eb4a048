import { updateBot } from '@clawster/control-plane/bot/update-bot';
import { getBot } from '@clawster/control-plane/bot/get-bot';
import { listEvents } from '@clawster/control-plane/event/list-events';
import pg from 'pg';
import { afterEach, expect, test, vi } from 'vitest';
import { testInstallation, type TestInstallation } from './test-installation.ts';

// Whole bots are brought up here, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let installation: TestInstallation;
afterEach(() => installation.close());

test('a bot that is ahead of a restored database takes over what that database says, without a new process', async () => {
  installation = await testInstallation();
  const { plane, caller, host, database } = installation;
  const { id } = await installation.createBot({ personality: 'As backed up.' });
  await installation.until(id, 'ready');
  const backup = await getBot(plane, caller, { botId: id });
  for (const personality of ['Later.', 'Later still.']) await updateBot(plane, caller, { botId: id, personality });
  await installation.until(id, 'ready');
  await expect.poll(() => host.supervisor(id).configured.at(-1)?.generation).toBe(3);

  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin.query('update bot set generation = 1, spec = $1, reconcile_at = now() where id = $2', [backup.spec, id]);
  await admin.query('update link set configured_generation = 1 where bot_id = $1', [id]);
  await admin.end();

  await expect.poll(() => host.supervisor(id).configured.at(-1)?.files['SOUL.md']).toContain('As backed up.');
  const ready = await installation.until(id, 'ready');
  expect(ready.generation).toBe(4);
  expect(ready.status.observedGeneration).toBe(4);
  expect(host.count('apply', id)).toBe(1);
  const { items } = await listEvents(plane, caller, { subjectId: id, type: 'bot-updated' });
  expect(items[0]).toMatchObject({
    actor: { kind: 'system', job: 'reconcile-bots' },
    detail: { generation: 4, generationBefore: 1, generationReported: 3 },
  });
});
