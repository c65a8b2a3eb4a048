import type Docker from 'dockerode';
import type { Known } from './bots.ts';
import type { BotNetwork } from './network.ts';
import { knownAddress } from './start-bot.ts';
import type { WayHome } from './way-home.ts';

type Where = { network: BotNetwork; home: WayHome };

/**
 * Puts a bot that runs back into its network, should somebody have taken it out. False where that does not bring it home:
 * it knows the relay by an address of before, and is to be made anew.
 */
export async function rejoin(engine: Docker, { container, about }: Known, { network, home }: Where): Promise<boolean> {
  if (!about.HostConfig.ExtraHosts?.includes(knownAddress(home, network))) return false;
  if (about.NetworkSettings.Networks[network.name]) return true;
  await engine.getNetwork(network.name).connect({
    Container: container.id,
    EndpointConfig: { IPAMConfig: { IPv4Address: network.bot } },
  });
  return true;
}
