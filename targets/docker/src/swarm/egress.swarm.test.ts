import { untilState } from '@clawster/target/conformance-suite';
import type { RefusedEgress } from '@clawster/target/egress';
import type { ConnectedTarget } from '@clawster/target/target';
import { someWorkload } from '@clawster/target/testing/some-workload';
import type Docker from 'dockerode';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dockerSwarm } from '../docker-swarm.ts';
import { unlessMissing } from '../missing.ts';
import { run } from '../testing/run.ts';
import { readFile } from '../volume-files.ts';
import { companionOf } from './companion-service.ts';
import { toolsImage } from './testing/bot-image.ts';
import { containersOf, describeInSwarm, swarmSettingsFor, wipeSwarm } from './testing/lab-under-test.ts';

const installation = 'egress';
const inSwarm = `${installation}-swarm`;
const world = 'clawster-lab-world';
const allowed = 'api.allowed.example:443';
const two = 'two.example:443';
/** A proxy that goes by another list is started anew. */
const patiently = { timeout: 30_000, interval: 500 };
const lists = [
  { botId: 'one', allowed: [allowed], inside: [] },
  { botId: 'other', allowed: [two], inside: [] },
];

describeInSwarm('bots in a Swarm, with one way out', (lab) => {
  /** Two connections, as two processes of the control plane have them. */
  let target: ConnectedTarget;
  let another: ConnectedTarget;

  const workload = (botId: string, generation = 1) => ({
    ...someWorkload({ botId, supervisor: { file: '/nowhere', version: '1.0.0' }, generation }),
    egress: { allowed: lists.find((list) => list.botId === botId)?.allowed ?? [], inside: [] },
  });

  beforeAll(async () => {
    await clear();
    await makeWorld();
    const settings = swarmSettingsFor(lab, installation);
    [target, another] = [await dockerSwarm.connect(settings), await dockerSwarm.connect(settings)];
    for (const { botId } of lists) await target.apply(workload(botId));
    for (const { botId } of lists) await untilState(target, botId, 'running');
  });
  afterAll(clear);

  async function clear(): Promise<void> {
    await wipeSwarm(lab, inSwarm);
    await unlessMissing(lab.outside.getContainer(world).remove({ force: true }));
    const network = lab.outside.getNetwork(world);
    const about = await unlessMissing(network.inspect());
    for (const node of Object.keys(about?.Containers ?? {})) await network.disconnect({ Container: node, Force: true });
    await unlessMissing(network.remove());
  }

  /** A network with public addresses that the nodes are in, as machines are in the internet; what is there answers. */
  async function makeWorld(): Promise<void> {
    const { outside } = lab;
    await outside.createNetwork({ Name: world, IPAM: { Driver: 'default', Config: [{ Subnet: '11.15.0.0/24' }] } });
    const Aliases = [allowed, two, 'evil.example:443'].map((place) => place.split(':')[0] ?? '');
    const answers = `require('node:net').createServer((socket) => socket.on('error', () => {}).end('world')).listen(443)`;
    const created = await outside.createContainer({
      name: world,
      Image: toolsImage,
      User: '0',
      Entrypoint: ['/usr/local/bin/node', '-e', answers],
      Cmd: [],
      NetworkingConfig: { EndpointsConfig: { [world]: { IPAMConfig: { IPv4Address: '11.15.0.2' }, Aliases } } },
    });
    await created.start();
    for (const { name } of lab.nodes) await outside.getNetwork(world).connect({ Container: `clawster-lab-${name}` });
  }

  async function containerOf(botId: string, role: 'bot' | 'egress' = 'bot'): Promise<Docker.Container> {
    const [found] = await containersOf(lab, inSwarm, botId, role);
    if (!found) throw new Error(`The ${role} is not there`);
    return found;
  }

  async function wayOf(botId: string): Promise<URL> {
    const text = await readFile(await containerOf(botId), 'workload.json');
    return new URL((JSON.parse(text ?? '') as { egress: { proxyUrl: string } }).egress.proxyUrl);
  }

  /** What the first bot's proxy answers to it, or to whoever's credential it shows; empty where nothing answers. */
  async function ask(place: string, whose?: URL): Promise<string> {
    const way = await wayOf('one');
    const { username, password } = whose ?? way;
    const auth = Buffer.from(`${username}:${password}`).toString('base64');
    const said = `CONNECT ${place} HTTP/1.1\\r\\nHost: ${place}\\r\\nProxy-Authorization: Basic ${auth}\\r\\n\\r\\n`;
    return run(await containerOf('one'), `printf '${said}' | nc -w 3 ${way.hostname} ${way.port} 2>&1`);
  }

  test('a bot reaches what its list names by the proxy beside it, and nothing else in any way', async () => {
    await target.confine?.(lists);
    await expect.poll(() => ask(allowed), patiently).toMatch(/^HTTP\/1.1 200.*world$/s);
    expect(await ask(two)).toMatch(/^HTTP\/1.1 403/);
    expect(await ask('evil.example:443')).toMatch(/^HTTP\/1.1 403/);
    expect(await ask('11.15.0.2:443')).toMatch(/^HTTP\/1.1 403/);
    expect(await ask(two, await wayOf('other'))).toMatch(/^HTTP\/1.1 407/);
    const { hostname } = await wayOf('other');
    for (const place of ['11.15.0.2 443', 'api.allowed.example 443', `${hostname} 3128`])
      expect(await run(await containerOf('one'), `nc -w 2 ${place} </dev/null && echo reached`)).not.toMatch(
        /reached|world/,
      );
  });

  test('its proxy is bound as a relay is, and hands no packet on', async () => {
    const proxy = await containerOf('one', 'egress');
    const { HostConfig, Config } = await proxy.inspect();
    expect(HostConfig).toMatchObject({ ReadonlyRootfs: true, CapDrop: ['ALL'], Privileged: false, PortBindings: {} });
    expect(Config.User).toBe('1000:1000');
    expect(await run(proxy, 'cat /proc/sys/net/ipv4/ip_forward')).toBe('0\n');
    const nodeOf = ({ modem }: Docker.Container) => (modem as { socketPath?: string }).socketPath;
    expect(nodeOf(proxy)).toBe(nodeOf(await containerOf('one')));
  });

  test('what was refused is told once, by one of those who ask', async () => {
    const told: RefusedEgress[] = [];
    const take = async () => {
      for (const said of await Promise.all([target.confine?.(lists), another.confine?.(lists)]))
        told.push(...(said ?? []));
      return told.map(({ place }) => place);
    };
    await expect.poll(take, { timeout: 20_000, interval: 500 }).toContain('evil.example:443');
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    await take();
    const evil = told.filter(({ place }) => place === 'evil.example:443');
    expect(evil).toMatchObject([{ botId: 'one', reason: 'not-allowed', count: 1 }]);
  });

  test('another list holds within seconds, and of the proxy there is one', async () => {
    const changed = [{ botId: 'one', allowed: [two], inside: [] }];
    const begun = Date.now();
    await Promise.all([target.confine?.(changed), another.confine?.(changed)]);
    await expect.poll(() => ask(two), patiently).toMatch(/^HTTP\/1.1 200/);
    expect(await ask(allowed)).toMatch(/^HTTP\/1.1 403/);
    expect(Date.now() - begun).toBeLessThan(20_000);
    expect(await containersOf(lab, inSwarm, 'one', 'egress')).toHaveLength(1);
    const filters = { label: [`dev.clawster.installation=${inSwarm}`, 'dev.clawster.bot=one'] };
    expect(await lab.manager.listConfigs({ filters })).toHaveLength(1);
  });

  test('a proxy that somebody took away is made anew, and a bot in no list reaches nothing', async () => {
    await lab.manager.getService(companionOf('egress', 'one')).remove();
    await target.confine?.(lists);
    await expect.poll(() => ask(allowed), patiently).toMatch(/^HTTP\/1.1 200/);
    await target.confine?.([]);
    await expect.poll(() => ask(allowed), patiently).toMatch(/^HTTP\/1.1 407/);
  });

  test('its proxy ends with it, and a new start has a new credential', async () => {
    const before = await wayOf('one');
    await target.stop('one');
    await expect.poll(() => containersOf(lab, inSwarm, 'one', 'egress')).toEqual([]);
    await target.confine?.(lists);
    await target.apply(workload('one', 2));
    await untilState(target, 'one', 'running');
    await expect.poll(() => ask(allowed), patiently).toMatch(/^HTTP\/1.1 200/);
    expect((await wayOf('one')).password).not.toBe(before.password);
    expect(await ask(allowed, before)).toMatch(/^HTTP\/1.1 407/);
  });

  test('nothing of it is left when the bots are removed', async () => {
    for (const { botId } of lists) await target.remove(botId, { deleteState: true });
    const filters = { label: [`dev.clawster.installation=${inSwarm}`] };
    const left = () =>
      Promise.all([
        lab.manager.listServices({ filters }),
        lab.manager.listConfigs({ filters }),
        lab.manager.listSecrets({ filters }),
        lab.manager.listNetworks({ filters }),
      ]);
    // A node lists a network that was removed until the last task in it has ended there.
    await expect.poll(left).toEqual([[], [], [], []]);
    expect(await target.confine?.(lists)).toEqual([]);
  });
});
