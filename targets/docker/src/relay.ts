import { createHash } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { turns } from '@clawster/target/turns';
import type Docker from 'dockerode';
import { hardened } from './hardening.ts';
import { checkOurs, label, ours } from './labels.ts';
import { unlessMissing, unlessStatus } from './missing.ts';
import { type BotNetwork, botNetworks } from './network.ts';
import { place, user } from './place.ts';
import type { Settings } from './settings.ts';
import type { WayHome } from './way-home.ts';

const madeOf = 'dev.clawster.made-of';

/** The relay as it should be. */
export type Relay = { image: string; home: WayHome };

/** One relay for all bots of an installation, so that no two of them make it at once, and none ends it that another needs. */
const inTurn = turns();

/** Lets a bot's network reach its control plane through the relay, which is made where there is none. */
export function letHome(engine: Docker, settings: Settings, way: Relay & { network: BotNetwork }): Promise<void> {
  const { network, ...relay } = way;
  return inTurn(settings.installation, async () => join(engine, await ensureRelay(engine, settings, relay), network));
}

/** Removes the relay, with the network it comes home by, once no bot is left that needs it. */
export function removeUnusedRelay(engine: Docker, { installation }: Settings): Promise<void> {
  return inTurn(installation, async () => {
    if ((await botNetworks(engine, installation)).length > 0) return;
    const filters = ours(installation, { [label.role]: 'relay' });
    for (const { Id } of await engine.listContainers({ all: true, filters }))
      await unlessMissing(engine.getContainer(Id).remove({ force: true }));
    for (const { Id } of await engine.listNetworks({ filters })) await unlessMissing(engine.getNetwork(Id).remove());
  });
}

/** The one container of ours that is in the networks of bots and in one that leads out; it knows the way home alone. */
async function ensureRelay(engine: Docker, settings: Settings, relay: Relay): Promise<Docker.Container> {
  const name = relayNameOf(settings.installation);
  const made = createHash('sha256').update(JSON.stringify(relay)).digest('hex');
  const container = engine.getContainer(name);
  const about = await unlessMissing(container.inspect());
  if (about) checkOurs(about.Config.Labels, `The container ${name}`, settings.installation);
  if (about?.Config.Labels[madeOf] === made) {
    if (!about.State.Running) await container.start();
    return container;
  }
  if (about) await unlessMissing(container.remove({ force: true }));
  await ensureWayOut(engine, settings, relay.home);
  const created = await engine.createContainer({ name, ...containerOf(settings, relay, made) });
  await created.start();
  for (const network of await botNetworks(engine, settings.installation)) await join(engine, created, network);
  return created;
}

/** Lets the relay into a bot's network; it is there already in most cases. */
async function join(engine: Docker, relay: Docker.Container, network: BotNetwork): Promise<void> {
  const { NetworkSettings } = await relay.inspect();
  if (NetworkSettings.Networks[network.name]) return;
  await unlessStatus(
    engine.getNetwork(network.name).connect({
      Container: relay.id,
      EndpointConfig: { IPAMConfig: { IPv4Address: network.relay } },
    }),
    // In it by now, or the network is being removed.
    [403, 404],
  );
}

export const relayNameOf = (installation: string): string =>
  `clawster-relay-${createHash('sha256').update(installation).digest('hex').slice(0, 12)}`;

/** Where the way home is a socket, even this network leads nowhere. */
async function ensureWayOut(engine: Docker, { installation }: Settings, { socketFolder }: WayHome): Promise<void> {
  const name = relayNameOf(installation);
  const found = (await engine.listNetworks({ filters: { name: [name] } })).find(({ Name }) => Name === name);
  const isInternal = socketFolder !== undefined;
  if (found?.Internal === isInternal) return;
  if (found) {
    checkOurs(found.Labels, `The network ${name}`, installation);
    await unlessMissing(engine.getNetwork(found.Id).remove());
  }
  await engine.createNetwork({
    Name: name,
    CheckDuplicate: true,
    Driver: 'bridge',
    Internal: isInternal,
    Options: { 'com.docker.network.bridge.enable_icc': 'false' },
    Labels: { [label.installation]: installation, [label.role]: 'relay' },
  });
}

function containerOf({ installation }: Settings, { image, home }: Relay, made: string) {
  const { socketFolder } = home;
  return {
    Image: image,
    User: `${user.uid}:${user.gid}`,
    Entrypoint: [place.node, place.relay],
    Cmd: [home.to, String(home.port)],
    Labels: { [label.installation]: installation, [label.role]: 'relay', [madeOf]: made },
    HostConfig: {
      ...hardened({ memoryBytes: 256e6, processes: 64, cpus: 1 }),
      // It holds nothing and decides nothing: the engine itself may bring it back.
      RestartPolicy: { Name: 'unless-stopped' },
      NetworkMode: relayNameOf(installation),
      Mounts: socketFolder ? [linkMount(socketFolder)] : [],
    },
  };
}

/** Where the control plane is a container itself, its folder is a volume: its path is not one of the engine's machine. */
function linkMount(folderOrVolume: string) {
  const type = isAbsolute(folderOrVolume) ? ('bind' as const) : ('volume' as const);
  return { Type: type, Source: folderOrVolume, Target: place.link, ReadOnly: true };
}
