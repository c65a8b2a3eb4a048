import { mkdtemp, readFile as readText, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { untilState } from '../../packages/target/src/conformance-suite.ts';
import type { RefusedEgress } from '../../packages/target/src/egress.ts';
import type { ConnectedTarget } from '../../packages/target/src/target.ts';
import { someWorkload } from '../../packages/target/src/testing/some-workload.ts';
import type Docker from 'dockerode';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { allowedNames } from '../../apps/egress/src/testing/names.ts';
import { place } from '../../apps/egress/src/testing/network.ts';
import { findBot } from '../../targets/docker/src/bots.ts';
import { companionName } from '../../targets/docker/src/companion.ts';
import { docker } from '../../targets/docker/src/docker.ts';
import { botNetworks } from '../../targets/docker/src/network.ts';
import { describeOnEngine, settingsFor } from '../../targets/docker/src/testing/engine-under-test.ts';
import { wipe } from '../../targets/docker/src/testing/wipe.ts';
import { run } from '../../targets/docker/src/testing/run.ts';
import { putFile } from '../../targets/docker/src/testing/volume.ts';
import { readFile } from '../../targets/docker/src/volume-files.ts';

// S15 on a real engine: what the kernel's own networks showed of the proxy holds where bots really live.

const installation = 'egress';
const root = join(import.meta.dirname, '../..');
const supervisor = { file: join(root, 'packages/target/src/testing/tiny-supervisor.mjs'), version: '1.0.0' };
const world = 'clawster-test-world';
const lists = [
  { botId: 'bot-one', allowed: allowedNames, inside: [] },
  { botId: 'bot-two', allowed: ['two.example:443'], inside: [] },
];

const inLaboratory = (name: string) => `apps/egress/src/testing/${name}.ts`;

type Told = { reached: string[]; tried: number; letIn: string[] };

vi.setConfig({ testTimeout: 120_000 });

describeOnEngine('bots on a real engine, with one way out', (engine) => {
  let directory: string;
  let target: ConnectedTarget;
  const bots = new Map<string, Docker.Container>();

  beforeAll(async () => {
    await clear();
    directory = await mkdtemp(join(tmpdir(), 'clawster-egress-'));
    target = await docker.connect(settingsFor(installation, { linkDirectory: directory, stopTimeoutMs: 1_000 }));
    for (const { botId, ...egress } of lists) {
      await target.apply(workload(botId, egress));
      await untilState(target, botId, 'running');
      const known = await findBot(engine, installation, botId);
      if (known) bots.set(botId, known.container);
    }
    await makeWorld();
    const parts = ['hostile-bot', 'attacks', 'names', 'network', 'wire', 'without-proxy'].map(inLaboratory);
    await bring(botOne(), [...parts, 'packages/outward/src/testing/hosts-inside.ts']);
  }, 240_000);
  afterAll(async () => {
    await clear();
    await rm(directory, { recursive: true });
  });

  const proxy = () => engine.getContainer(companionName('egress', installation));
  const outside = () => engine.getContainer(world);
  const botOne = () => bots.get('bot-one') as Docker.Container;

  function workload(botId: string, egress: { allowed: string[]; inside: string[] }) {
    const { runtime, ...some } = someWorkload({ botId, supervisor, egress });
    return { ...some, runtime: { ...runtime, directory } };
  }

  async function clear(): Promise<void> {
    await wipe(engine, installation);
    await outside().remove({ force: true }).catch(notThere);
    await engine.getNetwork(world).remove().catch(notThere);
  }

  /** A network with public addresses that the proxy is in and no bot: what runs there tells whoever arrives. */
  async function makeWorld(): Promise<void> {
    const { Image } = await proxy().inspect();
    await engine.createNetwork({ Name: world, IPAM: { Driver: 'default', Config: [{ Subnet: '11.15.0.0/24' }] } });
    await engine.createContainer({
      name: world,
      Image,
      User: '0',
      Entrypoint: ['/usr/local/bin/node', '/bot/testing/outside.ts'],
      Cmd: [],
      NetworkingConfig: {
        EndpointsConfig: {
          [world]: {
            IPAMConfig: { IPv4Address: place.allowed },
            Aliases: ['api.allowed.example', 'a.wild.example', 'two.example', 'evil.example', 'wild.example'],
          },
        },
      },
    });
    await bring(outside(), ['outside', 'names', 'network'].map(inLaboratory));
    await outside().start();
    await engine.getNetwork(world).connect({ Container: proxy().id });
    await vi.waitUntil(async () => (await arrivals()).includes('ready'), 20_000);
  }

  /** What it told: nothing but that it is ready, as long as nobody gets there who should not. */
  async function arrivals(): Promise<string> {
    return (await outside().logs({ stdout: true, stderr: true, follow: false })).toString();
  }

  /** Files of the egress app's laboratory; what they need of another package lies beside them. */
  async function bring(container: Docker.Container, files: string[]): Promise<void> {
    for (const file of files) {
      const text = await readText(join(root, file), 'utf8');
      const alone = text.replace('@clawster/outward/testing/hosts-inside', './hosts-inside.ts');
      await putFile(container, `testing/${basename(file)}`, alone);
    }
  }

  async function wayOf(botId: string): Promise<URL> {
    const text = await readFile(bots.get(botId) as Docker.Container, 'workload.json');
    return new URL((JSON.parse(text ?? '') as { egress: { proxyUrl: string } }).egress.proxyUrl);
  }

  async function ask(place: string): Promise<string> {
    const { username, password, host, hostname } = await wayOf('bot-one');
    const auth = Buffer.from(`${username}:${password}`).toString('base64');
    const said = `CONNECT ${place} HTTP/1.1\\r\\nHost: ${place}\\r\\nProxy-Authorization: Basic ${auth}\\r\\n\\r\\n`;
    return run(botOne(), `printf '${said}' | nc -w 3 ${hostname} ${host.split(':')[1]} | head -1`);
  }

  const sorted = (refused: RefusedEgress[]) => [...new Set(refused.map(({ reason }) => reason))].toSorted();

  test('S15: nothing lets a bot out but what its list names, by the proxy', async () => {
    await target.confine?.(lists);
    const [own, other] = [await wayOf('bot-one'), await wayOf('bot-two')];
    const credential = ({ username, password }: URL) => `${username}:${password}`;
    const said = await run(
      botOne(),
      `node /bot/testing/hostile-bot.ts ${credential(own)} ${credential(other)} ${own.hostname}`,
    );
    const told = JSON.parse(said.trim().split('\n').at(-1) ?? '') as Told;
    const arrived = (await arrivals()).split('\n').filter((line) => line.includes('letIn'));
    process.stdout.write(`S15 on Docker tried ${told.tried}, let in ${told.letIn.length + arrived.length}\n`);
    expect([...told.letIn, ...arrived]).toEqual([]);
    expect(told.tried).toBeGreaterThan(1_200);
    expect(told.reached.toSorted()).toEqual([
      'CONNECT API.Allowed.Example:443',
      'CONNECT a.wild.example:443',
      'CONNECT api.allowed.example:443',
      'GET http://api.allowed.example/',
    ]);
  });

  test('what was refused is told once, with whose it was', async () => {
    let refused: RefusedEgress[] = [];
    // The proxy tells every few seconds.
    await vi.waitUntil(async () => {
      refused = [...refused, ...((await target.confine?.(lists)) ?? [])];
      return refused.some(({ reason }) => reason === 'too-many' || reason === 'wrong-network');
    }, 20_000);
    expect(sorted(refused)).toEqual(expect.arrayContaining(['malformed', 'not-a-name', 'not-allowed']));
    const evil = refused.filter((one) => one.place === 'evil.example:443' && one.reason === 'not-allowed');
    expect(evil.map(({ botId }) => botId)).toEqual(['bot-one']);
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    await target.confine?.(lists);
    expect(await target.confine?.(lists)).toEqual([]);
  });

  test('a bot has two neighbours, each with one open port, and none of them hands a packet on', async () => {
    const networks = await botNetworks(engine, installation);
    const own = networks.find(({ name }) => name.endsWith('bot-one'));
    const others = networks.filter((one) => one !== own);
    const { NetworkSettings } = await proxy().inspect();
    const elsewhere = [...others.flatMap((one) => [one.bot, one.relay, one.egress]), place.allowed];
    const proxies = Object.values(NetworkSettings.Networks).map(({ IPAddress }) => IPAddress);
    const scan = `
      const { connect } = require('node:net');
      const tries = process.argv[1].split(',').flatMap((host) => Array.from({ length: 10_000 }, (_, port) => [host, port + 1]));
      const open = [];
      const next = () => new Promise((done) => {
        const [host, port] = tries.pop();
        const socket = connect({ host, port, timeout: 1_000 });
        const end = () => { socket.destroy(); done(); };
        socket.on('connect', () => { open.push(host + ':' + port); end(); }).on('error', end).on('timeout', end);
      });
      const work = async () => { while (tries.length > 0) await next(); };
      Promise.all(Array.from({ length: 200 }, work)).then(() => console.log(open.sort().join(' ')));`;
    const found = await run(botOne(), `node -e "${scan.replaceAll('"', '\\"')}" ${own?.relay},${own?.egress}`);
    expect(found.trim().split(' ').toSorted()).toEqual([`${own?.egress}:3128`, `${own?.relay}:4500`].toSorted());
    for (const address of [...elsewhere, ...proxies.filter((one) => one !== own?.egress)])
      expect(await run(botOne(), `nc -w 1 ${address} 3128 </dev/null && echo reached || echo not`)).toContain('not');
    for (const role of ['relay', 'egress'] as const) {
      const companion = engine.getContainer(companionName(role, installation));
      expect(await run(companion, 'cat /proc/sys/net/ipv4/ip_forward')).toBe('0\n');
      const { HostConfig } = await companion.inspect();
      expect(HostConfig).toMatchObject({ ReadonlyRootfs: true, CapDrop: ['ALL'], Privileged: false, PortBindings: {} });
    }
  });

  test('a proxy that is started again or made anew goes by the lists it had', async () => {
    expect(await ask('api.allowed.example:443')).toContain('200');
    await proxy().restart({ t: 1 });
    await vi.waitUntil(async () => (await ask('api.allowed.example:443')).includes('200'), 20_000);
    await proxy().remove({ force: true });
    await target.confine?.(lists);
    await engine.getNetwork(world).connect({ Container: proxy().id });
    await vi.waitUntil(async () => (await ask('api.allowed.example:443')).includes('200'), 20_000);
    expect(await ask('two.example:443')).toContain('403');
  });

  test('a bot that is in no list any more reaches nothing', async () => {
    await target.confine?.(lists.filter(({ botId }) => botId !== 'bot-one'));
    await expect.poll(() => ask('api.allowed.example:443'), { timeout: 20_000, interval: 500 }).toContain('407');
  });

  test('nothing of the proxy is left with the last bot', async () => {
    for (const { botId } of lists) await target.remove(botId, { deleteState: true });
    await outside().remove({ force: true });
    await expect(proxy().inspect()).rejects.toMatchObject({ statusCode: 404 });
    const name = companionName('egress', installation);
    await expect(engine.getVolume(name).inspect()).rejects.toMatchObject({ statusCode: 404 });
    await expect(engine.getNetwork(name).inspect()).rejects.toMatchObject({ statusCode: 404 });
    expect(await target.confine?.([])).toEqual([]);
  });
});

function notThere(error: { statusCode?: number }): void {
  if (error.statusCode !== 404) throw error;
}
