import { turns } from '@clawster/target/turns';
import type Docker from 'dockerode';
import type { ServiceSpec } from 'dockerode';
import { setTimeout as sleep } from 'node:timers/promises';
import { nameOf } from './names.ts';
import { checkOurs, label, ours } from '../labels.ts';
import { unlessMissing, unlessStatus } from '../missing.ts';
import { place } from '../place.ts';
import { companionName } from '../companion.ts';
import type { SwarmSettings } from '../settings.ts';
import type { WayHome } from '../way-home.ts';
import { isOvertaken, replicas, servicesWith, updateService } from './api.ts';
import { hardenedTask } from './hardened-task.ts';

/** A network can be removed once the last task in it is, which takes its node a moment. */
const leaveMsMax = 20_000;
/** One way out for all relays of an installation, so that it is not removed while another bot comes. */
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
  return inTurn(settings.installation, async () => {
    await ensureNetwork(engine, settings, { name: nameOf(botId), role: 'bot', botId });
    await ensureNetwork(engine, settings, { name: companionName('relay', settings.installation), role: 'relay' });
    const spec = relayService(settings, { botId, node, home });
    const [known] = await relaysOf(engine, settings, botId);
    if (known && JSON.stringify(known.Spec.Labels) === JSON.stringify(spec.Labels) && isOn(known.Spec)) return;
    if (known) await updateService(engine, known, spec);
    else await engine.createService(spec as never);
  });
}

const isOn = ({ Mode }: ServiceSpec) => Mode?.Replicated?.Replicas === 1;
const relaysOf = (engine: Docker, { installation }: SwarmSettings, botId: string) =>
  servicesWith(engine, ours(installation, { [label.role]: 'relay', [label.bot]: botId }));

/** Ends the relay of a bot that does not run. */
export async function restRelay(engine: Docker, settings: SwarmSettings, botId: string): Promise<void> {
  for (const relay of await relaysOf(engine, settings, botId))
    if (isOn(relay.Spec))
      await updateService(engine, relay, { ...relay.Spec, Mode: replicas(0) }).catch((error: unknown) => {
        // Another process has just said what it is to be.
        if (!isOvertaken(error)) throw error;
      });
}

/** Removes the bot’s network and relay; with those of the last bot goes the way out. */
export function removeWayHome(engine: Docker, settings: SwarmSettings, botId: string): Promise<void> {
  const { installation } = settings;
  return inTurn(installation, async () => {
    for (const { ID } of await relaysOf(engine, settings, botId)) await unlessMissing(engine.getService(ID).remove());
    await removeNetworks(engine, ours(installation, { [label.role]: 'bot', [label.bot]: botId }));
    const relays = await servicesWith(engine, ours(installation, { [label.role]: 'relay' }));
    if (relays.length === 0) await removeNetworks(engine, ours(installation, { [label.role]: 'relay' }));
  });
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

type Network = { name: string; role: 'bot' | 'relay' | 'helper'; botId?: string; isAttachable?: boolean };

/** An overlay that nothing leaves, but for the one that relays go out by. */
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

function relayService(settings: SwarmSettings, { botId, node, home }: Whose & { home: WayHome }): ServiceSpec {
  const { installation, image } = settings;
  const labels = { [label.installation]: installation, [label.role]: 'relay', [label.bot]: botId };
  const task = hardenedTask({
    node,
    limits: { memoryBytes: 256e6, processes: 64, cpus: 1 },
    container: { Image: image, Command: [place.node, place.relay], Args: [home.to, String(home.port)], Labels: labels },
    // It stands for the very name, so that a certificate for it is the right one.
    Networks: [{ Target: nameOf(botId), Aliases: [home.host] }, { Target: companionName('relay', installation) }],
  });
  return {
    Name: `${nameOf(botId)}-relay`,
    // Sorted as the engine gives them back: by them it is known whether anything is to change.
    Labels: sorted({ ...labels, [label.home]: home.url, [label.node]: node.id, [label.madeOf]: image }),
    TaskTemplate: {
      ...task,
      ContainerSpec: { ...task.ContainerSpec, DNSConfig: undefined },
      // It holds nothing and decides nothing: the Swarm itself may bring it back.
      RestartPolicy: { Condition: 'any', Delay: 1e9 },
    },
    Mode: replicas(1),
    EndpointSpec: { Mode: 'dnsrr' },
  };
}

const sorted = (labels: Record<string, string>) =>
  Object.fromEntries(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
