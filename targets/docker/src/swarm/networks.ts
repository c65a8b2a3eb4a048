import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { checkOurs, label, ours } from '../labels.ts';
import { unlessStatus } from '../missing.ts';
import type { SwarmSettings } from '../settings.ts';

/** A network can be removed once the last task in it is, which takes its node a moment. */
const leaveMsMax = 20_000;
/** The Swarm gives a network its addresses a moment after it was made. */
const addressMsMax = 5_000;

type Network = { name: string; role: 'bot' | 'relay' | 'helper'; botId?: string; isAttachable?: boolean };

/** An overlay that nothing leaves, but for the one that relays and egress proxies go out by. */
export async function ensureNetwork(engine: Docker, { installation }: SwarmSettings, network: Network): Promise<void> {
  const { name, role, botId, isAttachable = false } = network;
  const labels = { [label.installation]: installation, [label.role]: role, ...(botId ? { [label.bot]: botId } : {}) };
  // Not looked for first: a node still lists one that was removed, until the last task in it has ended there.
  const made = engine.createNetwork({
    Name: name,
    Driver: 'overlay',
    Internal: role !== 'relay',
    Attachable: isAttachable,
    Labels: labels,
  });
  if (await unlessStatus(made, [409])) return;
  const named = await engine.listNetworks({ filters: { name: [name] } });
  for (const { Name, Labels } of named) if (Name === name) checkOurs(Labels, `The network ${name}`, installation);
}

/** The addresses of the bot's own network. */
export async function subnetOf(engine: Docker, { installation }: SwarmSettings, botId: string): Promise<string> {
  const filters = ours(installation, { [label.role]: 'bot', [label.bot]: botId });
  for (const until = Date.now() + addressMsMax; ; await sleep(100)) {
    // The newest: one that was removed is still listed until the last task in it has ended.
    const [network] = (await engine.listNetworks({ filters })).toSorted((a, b) => b.Created.localeCompare(a.Created));
    const subnet = network?.IPAM?.Config?.[0]?.Subnet;
    if (subnet) return subnet;
    if (Date.now() > until) throw new Error('The Swarm has given the bot’s network no addresses yet');
  }
}

/** Removes networks that the last tasks in them are just leaving. */
export async function removeNetworks(engine: Docker, filters: { label: string[] }): Promise<void> {
  const until = Date.now() + leaveMsMax;
  for (const { Id } of await engine.listNetworks({ filters })) {
    for (;;) {
      const inUse = await unlessStatus(engine.getNetwork(Id).remove(), [404]).then(
        () => undefined,
        (error: Error) => error,
      );
      // The Swarm has it no more, and this node just yet.
      if (!inUse || isGone(inUse)) break;
      if (Date.now() > until) throw inUse;
      await sleep(200);
    }
  }
}

const isGone = ({ message }: Error) => /network \S+ not found/.test(message);
