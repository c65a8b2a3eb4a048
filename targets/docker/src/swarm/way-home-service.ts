import { turns } from '@clawster/target/turns';
import type Docker from 'dockerode';
import { companionName } from '../companion.ts';
import { label, ours } from '../labels.ts';
import { place } from '../place.ts';
import { onOneEngine, type SwarmSettings } from '../settings.ts';
import type { WayHome } from '../way-home.ts';
import { servicesWith } from './api.ts';
import { companionService, findCompanion, isMadeSo, putCompanion, removeCompanions } from './companion-service.ts';
import { removeLists } from './kept-text.ts';
import { nameOf } from './names.ts';
import { ensureNetwork, removeNetworks } from './networks.ts';

/** One way out for all of an installation in a Swarm, so that it is not removed while another bot comes. */
const inTurn = turns();

type Whose = { botId: string; node: { id: string } };

/**
 * Lets a bot reach its control plane, and nothing else: a network of its own, and a relay beside it on its node. A
 * relay for all would have to be started anew, and cut all links, for each bot that comes or goes.
 */
export function letHome(
  engine: Docker,
  settings: SwarmSettings,
  { botId, node, home }: Whose & { home: WayHome },
): Promise<void> {
  return inTurn(onOneEngine(settings), async () => {
    await ensureNetwork(engine, settings, { name: nameOf(botId), role: 'bot', botId });
    await ensureNetwork(engine, settings, { name: companionName('relay', settings.installation), role: 'relay' });
    const relay = companionService(settings, {
      role: 'relay',
      botId,
      node,
      command: [place.relay, home.to, String(home.port)],
      // It stands for the very name, so that a certificate for it is the right one.
      aliases: [home.host],
      labels: { [label.home]: home.url },
    });
    const known = await findCompanion(engine, settings, { role: 'relay', botId });
    if (!known || !isMadeSo(known, relay)) await putCompanion(engine, known, relay);
  });
}

/** Removes the bot’s network with what stands beside the bot; with those of the last bot goes the way out. */
export function removeWays(engine: Docker, settings: SwarmSettings, botId: string): Promise<void> {
  const { installation } = settings;
  return inTurn(onOneEngine(settings), async () => {
    await removeCompanions(engine, settings, botId);
    await removeLists(engine, { installation, botId });
    await removeNetworks(engine, ours(installation, { [label.role]: 'bot', [label.bot]: botId }));
    const relays = await servicesWith(engine, ours(installation, { [label.role]: 'relay' }));
    if (relays.length === 0) await removeNetworks(engine, ours(installation, { [label.role]: 'relay' }));
  });
}
