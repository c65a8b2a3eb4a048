import { createHash } from 'node:crypto';
import { turns } from '@clawster/target/turns';
import type Docker from 'dockerode';
import type { HostConfig } from 'dockerode';
import { hardened } from './hardening.ts';
import { checkOurs, label, ours, tagOf } from './labels.ts';
import { unlessMissing, unlessStatus } from './missing.ts';
import { type BotNetwork, botNetworks } from './network.ts';
import { user } from './place.ts';
import { onOneEngine, type Settings } from './settings.ts';

/** A container of ours that stands beside all bots of an installation, at the same place in each one's network. */
export type Companion = {
  role: 'relay' | 'egress';
  image: string;
  command: string[];
  memoryBytes: number;
  /** Its own network is internal, too: what it passes on leaves by other means. */
  isClosed: boolean;
  host: Pick<HostConfig, 'Mounts' | 'ExtraHosts'>;
  addressIn: (network: BotNetwork) => string;
};

/** Companions of an installation on an engine are made, and their lists changed, by one after the other. */
export const inTurn = turns();

/** Lets the companion into the bot's network; made where there is none as it should be, and then let into all of them. */
export async function standBeside(
  engine: Docker,
  settings: Settings,
  { companion, network }: { companion: Companion; network: BotNetwork },
): Promise<void> {
  const container = await ensureCompanion(engine, settings, companion);
  await join(engine, container, { network: network.name, address: companion.addressIn(network) });
}

/** The companion as it should be, running. */
export async function ensureCompanion(
  engine: Docker,
  settings: Settings,
  companion: Companion,
): Promise<Docker.Container> {
  const { installation } = settings;
  const name = companionName(companion.role, installation);
  const made = createHash('sha256').update(JSON.stringify(companion)).digest('hex');
  const container = engine.getContainer(name);
  const about = await unlessMissing(container.inspect());
  if (about) checkOurs(about.Config.Labels, `The container ${name}`, installation);
  if (about?.Config.Labels[label.madeOf] === made) {
    if (!about.State.Running) await container.start();
    return container;
  }
  if (about) await unlessMissing(container.remove({ force: true }));
  await ensureOwnNetwork(engine, settings, companion);
  const created = await engine.createContainer({ name, ...containerOf(settings, companion, made) });
  await created.start();
  for (const network of await botNetworks(engine, installation))
    await join(engine, created, { network: network.name, address: companion.addressIn(network) });
  return created;
}

/** Removes the companions with all of theirs once no bot is left that needs them. */
export function removeUnusedCompanions(engine: Docker, settings: Settings): Promise<void> {
  const { installation } = settings;
  return inTurn(onOneEngine(settings), async () => {
    if ((await botNetworks(engine, installation)).length > 0) return;
    for (const role of ['relay', 'egress']) await removeAll(engine, ours(installation, { [label.role]: role }));
  });
}

async function removeAll(engine: Docker, filters: { label: string[] }): Promise<void> {
  for (const { Id } of await engine.listContainers({ all: true, filters }))
    await unlessMissing(engine.getContainer(Id).remove({ force: true }));
  for (const { Id } of await engine.listNetworks({ filters })) await unlessMissing(engine.getNetwork(Id).remove());
  const { Volumes } = await engine.listVolumes({ filters });
  for (const { Name } of Volumes ?? []) await unlessMissing(engine.getVolume(Name).remove());
}

/** The name of a companion's container, network and volume. */
export function companionName(role: Companion['role'], installation: string): string {
  return `clawster-${role}-${tagOf(installation)}`;
}

/** Lets it into a bot's network; it is there already in most cases. */
async function join(
  engine: Docker,
  companion: Docker.Container,
  { network, address }: { network: string; address: string },
): Promise<void> {
  const { NetworkSettings, Id } = await companion.inspect();
  if (NetworkSettings.Networks[network]) return;
  await unlessStatus(
    engine.getNetwork(network).connect({ Container: Id, EndpointConfig: { IPAMConfig: { IPv4Address: address } } }),
    // In it by now, or the network is being removed.
    [403, 404],
  );
}

async function ensureOwnNetwork(
  engine: Docker,
  { installation }: Settings,
  { role, isClosed }: Companion,
): Promise<void> {
  const name = companionName(role, installation);
  const found = (await engine.listNetworks({ filters: { name: [name] } })).find(({ Name }) => Name === name);
  if (found?.Internal === isClosed) return;
  if (found) {
    checkOurs(found.Labels, `The network ${name}`, installation);
    await unlessMissing(engine.getNetwork(found.Id).remove());
  }
  await engine.createNetwork({
    Name: name,
    CheckDuplicate: true,
    Driver: 'bridge',
    Internal: isClosed,
    Options: { 'com.docker.network.bridge.enable_icc': 'false' },
    Labels: { [label.installation]: installation, [label.role]: role },
  });
}

function containerOf({ installation }: Settings, companion: Companion, made: string) {
  const { role, image, command, memoryBytes, host } = companion;
  const [entrypoint = '', ...rest] = command;
  return {
    Image: image,
    User: `${user.uid}:${user.gid}`,
    Entrypoint: [entrypoint],
    Cmd: rest,
    Labels: { [label.installation]: installation, [label.role]: role, [label.madeOf]: made },
    HostConfig: {
      ...hardened({ memoryBytes, processes: 64, cpus: 1 }),
      // It is in the networks of many: no packet of one of them goes on into another.
      Sysctls: { 'net.ipv4.ip_forward': '0' },
      // It decides nothing: the engine itself may bring it back.
      RestartPolicy: { Name: 'unless-stopped' },
      NetworkMode: companionName(role, installation),
      ...host,
    },
  };
}
