import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Docker from 'dockerode';
import type { TestProject } from 'vitest/node';
import { noBase } from '../docker/base-image.ts';
import { pushTestBot, type Registry } from '../../targets/docker/src/swarm/testing/bot-image.ts';
import { untilAnswers } from '../../targets/docker/src/swarm/testing/until-answers.ts';
import { importNode } from './node-image.ts';

/** A node as tests reach it: by its engine's socket, and as a container of the engine outside. */
export type LabNode = { name: string; socket: string };
export type Lab = { outside: string; nodes: LabNode[]; image: string; registry: Registry; network: string };

declare module 'vitest' {
  export interface ProvidedContext {
    /** A Swarm of a manager and two workers, and a bot’s image in its registry; or why there is none here. */
    swarm: Lab | { why: string };
  }
}

const network = 'clawster-lab';
const addresses = '10.77.0';
export const managerAddress = `${addresses}.10`;
/** What runs beside the Swarm is reached by its nodes here. */
export const outsideAddress = `${addresses}.1`;
const registryAddress = `${addresses}.2`;
const label = { 'dev.clawster.test': 'swarm-lab' };
/** All that `--privileged` gives but what a machine may itself lack. */
const rights =
  'CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST ' +
  'NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_CHROOT SYS_PTRACE SYS_ADMIN SYS_NICE MKNOD LEASE AUDIT_WRITE SETFCAP SYSLOG';

/** Starts a Swarm of containers with an engine in each; where that is not allowed, the tests say why they are skipped. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { docker } = project.getProvidedContext();
  if ('why' in docker) {
    project.provide('swarm', docker);
    return undefined;
  }
  const outside = new Docker({ socketPath: docker.socket });
  const folder = await mkdtemp(join(tmpdir(), 'clawster-swarm-'));
  const stop = async () => {
    await removeLab(outside);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    project.provide('swarm', { ...(await startLab(outside, docker, folder)), outside: docker.socket });
    return stop;
  } catch (error) {
    const why = `no Swarm can be started in containers here: ${(error as Error).message}`;
    project.provide('swarm', { why });
    console.warn(`The tests on a Docker Swarm are skipped: ${why}`);
    await stop();
    return undefined;
  }
}

async function startLab(outside: Docker, docker: { socket: string; baseImage: string }, folder: string) {
  await removeLab(outside);
  const nodeImage = await importNode(docker.socket);
  if (!nodeImage) throw new Error(noBase);
  await outside.createNetwork({ Name: network, Labels: label, IPAM: { Config: [{ Subnet: `${addresses}.0/24` }] } });
  const registry = { at: await startRegistry(outside, nodeImage), from: `${registryAddress}:5000` };
  const names = ['manager', 'worker-1', 'worker-2'];
  const started = Promise.all(names.map((name, at) => startNode(outside, { image: nodeImage, name, at, folder })));
  const pushed = pushTestBot(outside, { baseImage: docker.baseImage, ...registry });
  // Both to their end, so that nothing is started any more while what there is is cleared away.
  await Promise.allSettled([started, pushed]);
  const [nodes, image] = [await started, await pushed];
  await joinAll(nodes);
  return { nodes, image, registry, network };
}

/** Answers at which port of the engine's own machine it is reached: what is pushed there needs no certificate. */
async function startRegistry(outside: Docker, image: string): Promise<string> {
  const config =
    'version: 0.1\nstorage: {filesystem: {rootdirectory: /var/lib/docker}}\nhttp: {addr: 0.0.0.0:5000}\nlog: {level: warn}\n';
  const registry = await outside.createContainer({
    name: 'clawster-lab-registry',
    Image: image,
    Cmd: ['sh', '-c', `printf '${config}' >/tmp/registry.yml; exec docker-registry serve /tmp/registry.yml`],
    Labels: label,
    ExposedPorts: { '5000/tcp': {} },
    Volumes: { '/var/lib/docker': {} },
    HostConfig: { NetworkMode: network, PortBindings: { '5000/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] } },
    NetworkingConfig: { EndpointsConfig: { [network]: { IPAMConfig: { IPv4Address: registryAddress } } } },
  });
  await registry.start();
  const { NetworkSettings } = await registry.inspect();
  const at = `127.0.0.1:${NetworkSettings.Ports['5000/tcp']?.[0]?.HostPort}`;
  // The engine takes connections in for it before it listens.
  const answers = () =>
    fetch(`http://${at}/v2/`).then(
      ({ ok }) => ok,
      () => false,
    );
  for (const deadline = Date.now() + 60_000; !(await answers()); await sleep(200))
    if (Date.now() > deadline) throw new Error('the registry did not answer within a minute');
  return at;
}

type NodeParts = { image: string; name: string; at: number; folder: string };

async function startNode(outside: Docker, { image, name, at, folder }: NodeParts): Promise<LabNode> {
  const run = await mkdtemp(join(folder, `${name}-`));
  await chmod(run, 0o700);
  const node = await outside.createContainer({
    name: `clawster-lab-${name}`,
    Hostname: name,
    Image: image,
    Entrypoint: ['tini', '--', 'node.sh'],
    Cmd: ['--insecure-registry', `${registryAddress}:5000`],
    Labels: label,
    Volumes: { '/var/lib/docker': {} },
    HostConfig: {
      NetworkMode: network,
      CapAdd: rights.split(' '),
      SecurityOpt: ['seccomp=unconfined', 'apparmor=unconfined'],
      MaskedPaths: [],
      ReadonlyPaths: [],
      Binds: ['/sys/fs/cgroup:/sys/fs/cgroup', `${run}:/run/node`],
    },
    NetworkingConfig: { EndpointsConfig: { [network]: { IPAMConfig: { IPv4Address: `${addresses}.${10 + at}` } } } },
  });
  await node.start();
  const socket = join(run, 'docker.sock');
  await untilAnswers(socket);
  return { name, socket };
}

async function joinAll([manager, ...workers]: LabNode[]): Promise<void> {
  const swarm = new Docker({ socketPath: manager?.socket ?? '' });
  await swarm.swarmInit({
    ListenAddr: '0.0.0.0:2377',
    AdvertiseAddr: managerAddress,
    DefaultAddrPool: ['10.202.0.0/16'],
    SubnetSize: 24,
    // A node that is gone is missed soon, so that nobody waits for it in a test.
    Spec: { Dispatcher: { HeartbeatPeriod: 2e9 } },
  });
  const { JoinTokens } = (await swarm.swarmInspect()) as { JoinTokens: { Worker: string } };
  for (const [at, { socket }] of workers.entries())
    await new Docker({ socketPath: socket }).swarmJoin({
      ListenAddr: '0.0.0.0:2377',
      AdvertiseAddr: `${addresses}.${11 + at}`,
      RemoteAddrs: [`${managerAddress}:2377`],
      JoinToken: JoinTokens.Worker,
    });
}

async function removeLab(outside: Docker): Promise<void> {
  const filters = { label: Object.entries(label).map(([name, value]) => `${name}=${value}`) };
  for (const { Id } of await outside.listContainers({ all: true, filters }))
    await outside.getContainer(Id).remove({ force: true, v: true });
  for (const { Id } of await outside.listNetworks({ filters })) await outside.getNetwork(Id).remove();
}
