import { createHash } from 'node:crypto';
import type Docker from 'dockerode';
import { addressesIn, networkAt, networksIn } from './addresses.ts';
import { checkOurs, label, nameOf, ours } from './labels.ts';
import { unlessStatus } from './missing.ts';
import type { Settings } from './settings.ts';

/** A bot's network, and who has which address in it. */
export type BotNetwork = { name: string; relay: string; bot: string; egress: string };

/** Ranges that others took are passed over; more than these in a row means there is no room. */
const triesMax = 100;

/**
 * A bot's own network. Nothing leaves it: it is internal, and the machine itself has no address in it, so that what
 * else listens there cannot be reached either.
 */
export async function ensureBotNetwork(engine: Docker, settings: Settings, botId: string): Promise<BotNetwork> {
  const name = nameOf(botId);
  const subnet = (await subnetOf(engine, settings, name)) ?? (await createNetwork(engine, settings, botId));
  return { name, ...addressesIn(subnet) };
}

/** The networks of all bots here. */
export async function botNetworks(engine: Docker, installation: string): Promise<BotNetwork[]> {
  const found = await engine.listNetworks({ filters: ours(installation, { [label.role]: 'bot' }) });
  return found.flatMap(({ Name, IPAM }) => {
    const subnet = IPAM?.Config?.[0]?.Subnet;
    return subnet ? [{ name: Name, ...addressesIn(subnet) }] : [];
  });
}

/** Removes the bot's network with what of ours is still in it. */
export async function removeNetwork(engine: Docker, { installation }: Settings, botId: string): Promise<void> {
  const filters = ours(installation, { [label.bot]: botId });
  for (const { Id } of await engine.listNetworks({ filters })) {
    const network = engine.getNetwork(Id);
    const about = await unlessStatus(network.inspect(), [404]);
    for (const container of Object.keys(about?.Containers ?? {}))
      await unlessStatus(network.disconnect({ Container: container, Force: true }), [403, 404]);
    await unlessStatus(network.remove(), [404]);
  }
}

async function subnetOf(engine: Docker, { installation }: Settings, name: string): Promise<string | undefined> {
  const named = (await engine.listNetworks({ filters: { name: [name] } })).find(({ Name }) => Name === name);
  if (!named) return undefined;
  checkOurs(named.Labels, `The network ${name}`, installation);
  return named.IPAM?.Config?.[0]?.Subnet;
}

async function createNetwork(engine: Docker, settings: Settings, botId: string): Promise<string> {
  const count = networksIn(settings.addresses);
  const first = createHash('sha256').update(botId).digest().readUInt32BE(0);
  for (let attempt = 0; attempt < Math.min(triesMax, count); attempt += 1) {
    const subnet = networkAt(settings.addresses, (first + attempt) % count);
    if (await taken(engine, settings, { botId, subnet })) return subnet;
  }
  throw new Error(
    `No free addresses for another network were found in ${settings.addresses}. Give the target another range`,
  );
}

async function taken(
  engine: Docker,
  { installation }: Settings,
  { botId, subnet }: { botId: string; subnet: string },
): Promise<boolean> {
  try {
    await engine.createNetwork({
      Name: nameOf(botId),
      CheckDuplicate: true,
      Driver: 'bridge',
      Internal: true,
      IPAM: { Driver: 'default', Config: [{ Subnet: subnet }] },
      Options: { 'com.docker.network.bridge.inhibit_ipv4': 'true' },
      Labels: { [label.installation]: installation, [label.role]: 'bot', [label.bot]: botId },
    });
    return true;
  } catch (error) {
    if (/overlap/i.test((error as Error).message)) return false;
    throw error;
  }
}
