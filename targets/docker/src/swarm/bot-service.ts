import { type Copy, type Workload, whyNotApply } from '@clawster/target/target';
import type Docker from 'dockerode';
import type { ServiceSpec } from 'dockerode';
import { nameOf } from './names.ts';
import { label, ours } from '../labels.ts';
import { place, user } from '../place.ts';
import type { SwarmSettings } from '../settings.ts';
import { besideGatewayBytes } from '../start-bot.ts';
import type { WayHome } from '../way-home.ts';
import { replicas, replicasOf, servicesWith, type SwarmService } from './api.ts';
import { hardenedTask } from './hardened-task.ts';
import { nodeIn } from './nodes.ts';

/** A bot's service as it was read. It is also the record of where its state lies, and stays for as long as that does. */
export type KnownBot = {
  service: SwarmService;
  labels: Record<string, string>;
  node: { id: string; name: string };
  generation: number;
  copy?: Copy;
  /** Whether a copy of it is to run. */
  isOn: boolean;
  /** No bot is there any more; what is known is where its state lies, and which copy it obeyed. */
  isKept: boolean;
};

/** The bot's service, found by its labels. */
export async function findBot(engine: Docker, installation: string, botId: string): Promise<KnownBot | undefined> {
  const [service] = await servicesWith(engine, ours(installation, { [label.role]: 'bot', [label.bot]: botId }));
  return service && knownBot(service);
}

export function knownBot(service: SwarmService): KnownBot {
  const labels = service.Spec.Labels ?? {};
  const [id, epoch] = labels[label.copy]?.split(' ') ?? [];
  return {
    service,
    labels,
    node: nodeIn(labels[label.node] ?? ''),
    generation: Number(labels[label.generation]),
    ...(id ? { copy: { id, epoch: Number(epoch) } } : {}),
    isOn: replicasOf(service) > 0,
    isKept: labels[label.kept] !== undefined,
  };
}

/** All a bot's service is made from. `start` is the secret its supervisor reads once. */
export type BotParts = {
  workload: Workload;
  node: { id: string; name: string };
  home: WayHome;
  settings: SwarmSettings;
  start: { id: string; name: string };
};

/** A bot's service, as the Swarm is asked for it; nothing in it is secret. */
export function botService({ workload, node, home, settings, start }: BotParts): ServiceSpec {
  const { botId, botName, workspaceId, generation, memoryBytesMax } = workload;
  const memoryBytes = memoryBytesMax + besideGatewayBytes;
  const resting = restingService(settings, { botId, node });
  const task = botTask(settings, { botId, node, memoryBytes });
  const file = { Name: 'start', UID: String(user.uid), GID: String(user.gid), Mode: 0o400 };
  return {
    ...resting,
    Labels: {
      ...resting.Labels,
      // A name may hold what a label may not.
      ...(workspaceId ? { [label.workspace]: workspaceId } : {}),
      [label.botName]: JSON.stringify(botName),
      [label.generation]: String(generation),
      [label.copy]: copyText(workload),
      [label.memory]: String(memoryBytes),
      [label.home]: home.url,
    },
    Mode: replicas(1),
    TaskTemplate: {
      ...task,
      Networks: [{ Target: nameOf(botId) }],
      ContainerSpec: {
        ...task.ContainerSpec,
        Secrets: [{ SecretID: start.id, SecretName: start.name, File: file }],
      },
    },
  };
}

/** The service of a bot that does not run, and has its state on the node. */
export function restingService(
  settings: SwarmSettings,
  { botId, node }: { botId: string; node: BotParts['node'] },
): ServiceSpec {
  return {
    Name: nameOf(botId),
    Labels: {
      [label.installation]: settings.installation,
      [label.role]: 'bot',
      [label.bot]: botId,
      [label.node]: `${node.id} ${node.name}`,
    },
    TaskTemplate: botTask(settings, { botId, node, memoryBytes: besideGatewayBytes }),
    Mode: replicas(0),
    // No address of its own that others would be led to.
    EndpointSpec: { Mode: 'dnsrr' },
  };
}

function botTask(
  { image, installation, cpusMax, processesMax, stopTimeoutMs }: SwarmSettings,
  { botId, node, memoryBytes }: { botId: string; node: BotParts['node']; memoryBytes: number },
) {
  const labels = { [label.installation]: installation, [label.role]: 'bot', [label.bot]: botId };
  const VolumeOptions = { Labels: labels, NoCopy: false, DriverConfig: { Name: 'local', Options: {} } };
  return hardenedTask({
    node,
    limits: { memoryBytes, processes: processesMax, cpus: cpusMax },
    container: {
      Image: image,
      Command: [place.node, place.supervisor],
      Args: [place.bot, '--start-from', place.start],
      Hostname: 'bot',
      Dir: place.bot,
      Env: [`HOME=${place.bot}`, 'LANG=C.UTF-8'],
      Labels: { ...labels, [label.memory]: String(memoryBytes) },
      Mounts: [{ Type: 'volume', Source: nameOf(botId), Target: place.bot, VolumeOptions }],
      StopGracePeriod: stopTimeoutMs * 1e6,
    },
  });
}

/** The service as it is with nobody of it running, and nothing left of what it was told. */
export function restingSpec({ Spec }: SwarmService): ServiceSpec {
  const { ContainerSpec, ...task } = Spec.TaskTemplate as { ContainerSpec: object };
  return { ...Spec, Mode: replicas(0), TaskTemplate: { ...task, ContainerSpec: { ...ContainerSpec, Secrets: [] } } };
}

/** Throws why this copy of the control plane must not have the bot. */
export function refuseOlderCopy(known: KnownBot | undefined, workload: Workload): void {
  const reason = whyNotApply(known?.copy, workload);
  if (reason) throw new Error(reason);
}

export const copyText = ({ copy }: Workload): string => `${copy.id} ${copy.epoch}`;
