import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createClient } from '@clawster/client/client';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { makeOwner } from '../../apps/server/src/testing/shared-database.ts';
import { wipe } from '../../targets/docker/src/testing/wipe.ts';
import { canaryFinder } from '../support/canaries.ts';
import { findCompose, Project } from './compose/project.ts';
import { layOutStandIns, standInBots } from './compose/stand-ins.ts';

// One installation's life as deploy/compose.yaml says, in order: each test goes on where the one before ended.

const found = inject('docker');
const program = await findCompose();
const why = 'why' in found ? found.why : 'why' in program ? program.why : undefined;
/** The whole of Clawster is built, on a busy machine. */
const buildMs = 900_000;
const startMs = 90_000;
const services = ['server', 'dashboard', 'postgres'] as const;

let project: Project;
let apiKey: string;

describe.skipIf(why)(`Clawster as an image, by its compose file${why ? `, which needs more: ${why}` : ''}`, () => {
  beforeAll(async () => {
    if ('why' in found || 'why' in program) return;
    project = new Project(program, found);
    await project.prepare();
    await project.build();
  }, buildMs);
  afterAll(() => project?.remove(), startMs);

  test('the image runs as nobody special, says what it is, and nothing of where its packages came from', async () => {
    const image = project.engine.getImage('clawster-test/clawster');
    const { Config, Size } = await image.inspect();
    console.info(`Clawster's image: ${Math.round(Size / 1e6)} MB, with ${await baseMegabytes()} MB of its base`);
    expect(Config.User).toBe('1000:1000');
    expect(Config.Labels['org.opencontainers.image.title']).toBe('Clawster');
    expect(JSON.stringify([Config, await image.history()])).not.toContain('registry');
  });

  test('it starts, and its log has the link to begin with', { timeout: startMs }, async () => {
    await project.compose(['up', '-d']);
    await untilReady();
    apiKey = await makeOwner(project.url, await setupToken());
    const page = await fetch(`${project.url}/sign-in`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Clawster')]);
    await client().connectors.list({});
  });

  test('each container is confined, and what the engine tells of it holds no secret', async () => {
    for (const service of services) {
      const about = await project.inspect(service);
      expect(about.HostConfig, service).toMatchObject({
        ReadonlyRootfs: true,
        CapDrop: ['ALL'],
        SecurityOpt: ['no-new-privileges:true'],
        Init: true,
        Privileged: false,
        RestartPolicy: { Name: 'unless-stopped' },
      });
      expect(about.Config.User, service).toBe('1000:1000');
      expect(about.HostConfig.PidsLimit, service).toBeGreaterThan(0);
      expect(about.HostConfig.Memory, service).toBeGreaterThan(0);
      expect(leaked(JSON.stringify(about)), service).toEqual([]);
      expect(Object.values(about.HostConfig.PortBindings as object).flat(), service).toEqual(
        service === 'server' ? [{ HostIp: '127.0.0.1', HostPort: new URL(project.url).port }] : [],
      );
    }
    expect(leaked(await project.compose(['logs']))).toEqual([]);
    await expect(project.compose(['exec', '-T', 'server', 'touch', '/app/x'])).rejects.toThrow('Read-only file system');
  });

  test('the dashboard reaches the server, and neither the database nor the internet', async () => {
    const networks = Object.values((await project.inspect('postgres')).NetworkSettings.Networks);
    const { port } = new URL(project.url);
    const dial = `const [host, port] = process.argv.slice(1);
      const say = (what) => { console.log(what); process.exit(); };
      const socket = require('node:net').connect(Number(port), host, () => say('reached'));
      socket.on('error', () => say('nobody')).setTimeout(2_000, () => say('nobody'));`;
    const from = (host: string, at: string) =>
      project.compose(['exec', '-T', 'dashboard', 'node', '-e', dial, host, at]);
    expect(await from('server', port)).toContain('reached');
    expect(await from(networks[0]?.IPAddress ?? '', '5432')).toContain('nobody');
    expect(await from('192.0.2.1', '443')).toContain('nobody');
  });

  test('PostgreSQL that was killed comes back by itself, and nothing is lost', { timeout: startMs }, async () => {
    await project.compose(['exec', '-T', 'postgres', 'sh', '-c', 'kill -9 $(head -n 1 $PGDATA/postmaster.pid)']);
    await expect.poll(async () => (await project.inspect('postgres')).RestartCount).toBe(1);
    await untilReady();
    await client().connectors.list({});
    expect((await project.inspect('server')).RestartCount).toBe(0);
  });

  test(
    'it stops within seconds of SIGTERM, and what it knew outlives its containers',
    { timeout: startMs },
    async () => {
      const before = Date.now();
      await project.compose(['stop', 'server', 'dashboard']);
      expect(Date.now() - before).toBeLessThan(9_000);
      expect((await project.inspect('server')).State.ExitCode).toBe(0);
      await project.compose(['down']);
      await project.compose(['up', '-d']);
      await untilReady();
      await client().connectors.list({});
    },
  );

  test('a backup of it comes back on a machine that has its secrets alone', { timeout: 2 * startMs }, async () => {
    const [file, passphrase] = ['/data/monday.backup', 'granite violin harbour seven'];
    const cli = ['clawster', 'installation'];
    await project.compose(['exec', '-T', 'server', ...cli, 'backup', file, '--passphrase-stdin'], passphrase);
    const kept = join(project.folder, 'monday.backup');
    await project.copyOut('server', file, kept);
    await project.compose(['down', '-v']);
    await project.compose(['up', '-d', 'postgres']);
    await expect.poll(async () => (await project.inspect('postgres')).State.Health?.Status).toBe('healthy');
    const mounted = ['-v', `${kept}:/monday.backup:ro`];
    const restore = [...cli, 'restore', '/monday.backup', '--passphrase-stdin'];
    await project.compose(['run', '--rm', '-T', ...mounted, 'server', ...restore], passphrase);
    await project.compose(['up', '-d']);
    await untilReady();
    await client().connectors.list({});
  });

  test('a secret that is missing, open to all or wrong is told in a sentence', { timeout: startMs }, async () => {
    const ends = () => project.compose(['run', '--rm', '--no-deps', '-T', 'server']);
    await project.writeSecret('key', project.secrets.key, 0o644);
    await expect(ends()).rejects.toThrow('Others can read the key file /run/secrets/key. Run: chmod 600');
    await project.writeSecret('key', project.secrets.key);
    await project.writeSecret('database-password', project.secrets['database-password'], 0o604);
    await expect(ends()).rejects.toThrow('Others can read /run/secrets/database-password');
    await rm(join(project.folder, 'secrets/database-password'));
    await mkdir(join(project.folder, 'secrets/database-password'));
    await expect(ends()).rejects.toThrow('/run/secrets/database-password, the file of CLAWSTER_DATABASE_PASSWORD_FILE');
    await project.writeSecret('database-password', 'another');
    await expect(ends()).rejects.toThrow('PostgreSQL at postgres:5432 refused the password of clawster');
  });

  test('a server that cannot start is started again ever more slowly', { timeout: startMs }, async () => {
    await project.compose(['up', '-d', '--force-recreate', '--no-deps', 'server']);
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    const { RestartCount } = await project.inspect('server');
    expect(RestartCount).toBeGreaterThan(0);
    expect(RestartCount).toBeLessThan(8);
    await project.writeSecret('database-password', project.secrets['database-password']);
  });

  test(
    'a bot is a container of the engine that Clawster runs on, and comes home by the volume',
    { timeout: startMs },
    async () => {
      if ('why' in found) return;
      project.files = ['compose.yaml', 'compose.docker-bots.yaml', standInBots];
      project.set('DOCKER_GROUP', String((await stat(found.socket)).gid));
      await layOutStandIns(join(project.folder, 'stand-ins'));
      await project.compose(['up', '-d', '--force-recreate', 'server']);
      await untilReady();
      const connection = { via: 'socket' as const, path: '/var/run/docker.sock' };
      const target = await client().targets.create({
        name: 'Engine',
        kind: 'docker',
        connection,
        baseImage: found.baseImage,
      });
      const { id: botId } = await client().bots.create({ name: 'Ada', targetId: target.id });
      const phase = async () => (await client().bots.get({ botId })).status.phase;
      await expect.poll(phase, { timeout: startMs }).toBe('ready');
      const filters = { label: [`dev.clawster.bot=${botId}`] };
      const [container] = await project.engine.listContainers({ filters });
      const installation = container?.Labels['dev.clawster.installation'] ?? '';
      await client().bots.destroy({ botId, keepStateDays: 0 });
      await expect.poll(phase, { timeout: startMs }).toBe('destroyed');
      expect(await project.engine.listContainers({ all: true, filters })).toEqual([]);
      await wipe(project.engine, installation);
    },
  );
});

const client = () => createClient({ baseUrl: project.url, apiKey });
const leaked = (text: string) => canaryFinder(new Map(Object.entries(project.secrets)))(Buffer.from(text));

async function baseMegabytes(): Promise<number> {
  const { Size } = await project.engine.getImage('clawster-test/node').inspect();
  return Math.round(Size / 1e6);
}

async function untilReady(): Promise<void> {
  const ready = () => fetch(`${project.url}/ready`).then(({ status }) => status, String);
  await expect.poll(ready, { timeout: startMs }).toBe(200);
}

async function setupToken(): Promise<string> {
  const link = /Open (\S+)\/setup#token=(\S+) to make the owner account/.exec(
    await project.compose(['logs', 'server']),
  );
  expect(link?.[1]).toBe(project.url);
  return link?.[2] ?? '';
}
