import type { Egress, RefusedEgress } from '@clawster/target/egress';
import type Docker from 'dockerode';
import type { Engine } from './apply.ts';
import { companionName, ensureCompanion, inTurn } from './companion.ts';
import { egressOf, lineOf, writeLists } from './egress.ts';
import { label, nameOf, ours } from './labels.ts';
import { unlessMissing } from './missing.ts';
import { botNetworks } from './network.ts';
import { takeRefused } from './refusals.ts';
import { onOneEngine } from './settings.ts';

/** Keeps the bots here to these lists, and answers what was refused since it was asked last. */
export function confine(at: Engine, lists: readonly (Egress & { botId: string })[]): Promise<RefusedEgress[]> {
  return inTurn(onOneEngine(at.settings), async () => {
    const lines = await linesOf(at, lists);
    const proxy = await proxyOf(at, lines.length > 0);
    if (!proxy) return [];
    await writeLists(proxy, lines);
    return takeRefused(proxy);
  });
}

/** What the proxy is told of the bots that have a credential for it. */
async function linesOf({ engine, settings }: Engine, lists: readonly (Egress & { botId: string })[]) {
  const { installation } = settings;
  const [containers, networks] = await Promise.all([
    engine.listContainers({ all: true, filters: ours(installation, { [label.role]: 'bot' }) }),
    botNetworks(engine, installation),
  ]);
  const hashes = new Map(containers.map(({ Labels }) => [Labels[label.bot], Labels[label.credentialHash]]));
  const addresses = new Map(networks.map(({ name, bot }) => [name, bot]));
  return lists.flatMap(({ botId, ...egress }) => {
    const [credentialHash, address] = [hashes.get(botId), addresses.get(nameOf(botId))];
    return credentialHash && address ? [lineOf({ botId, credentialHash, address }, egress)] : [];
  });
}

/** The proxy that runs here. One that somebody took away while bots need it is made anew, of what the relay is made of. */
async function proxyOf({ engine, settings }: Engine, isNeeded: boolean): Promise<Docker.Container | undefined> {
  const { installation } = settings;
  const proxy = engine.getContainer(companionName('egress', installation));
  const about = await unlessMissing(proxy.inspect());
  if (about?.State.Running) return proxy;
  if (!isNeeded) return undefined;
  const relay = await unlessMissing(engine.getContainer(companionName('relay', installation)).inspect());
  const image = about?.Config.Image ?? relay?.Config.Image;
  if (!image) throw new Error('The egress proxy is gone from the engine. It is made anew when a bot is started there');
  return ensureCompanion(engine, settings, egressOf(image, installation));
}
