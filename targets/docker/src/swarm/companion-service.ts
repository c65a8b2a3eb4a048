import { turns } from '@clawster/target/turns';
import type Docker from 'dockerode';
import type { ContainerSpec, ServiceSpec } from 'dockerode';
import { companionName } from '../companion.ts';
import { label, ours } from '../labels.ts';
import { unlessMissing } from '../missing.ts';
import { place } from '../place.ts';
import type { SwarmSettings } from '../settings.ts';
import { isOvertaken, replicas, replicasOf, servicesWith, type SwarmService, updateService } from './api.ts';
import { hardenedTask } from './hardened-task.ts';
import { nameOf } from './names.ts';

/** What stands beside one bot on its node, in its network and in the one that leads out. */
export type Companion = {
  role: 'relay' | 'egress';
  botId: string;
  node: { id: string };
  /** A file of ours and what it is told. */
  command: string[];
  /** More names that the bot finds it by, beside its own. */
  aliases?: string[];
  /** What it is made of beside the image and the node, so that it is known whether anything is to change. */
  labels: Record<string, string>;
};

/** What stands beside one bot is changed by one after the other; between processes its version decides. */
export const besideBot = turns();
export const turnOf = ({ installation }: SwarmSettings, botId: string): string => `${installation} ${botId}`;

/** The name of a bot's companion, which the bot itself finds it by. */
export const companionOf = (role: Companion['role'], botId: string): string => `${nameOf(botId)}-${role}`;

/** The companion's service as the Swarm is asked for it. */
export function companionService(settings: SwarmSettings, companion: Companion): ServiceSpec {
  const { installation, image } = settings;
  const { role, botId, node, command, aliases = [], labels } = companion;
  const own = { [label.installation]: installation, [label.role]: role, [label.bot]: botId };
  const task = hardenedTask({
    node,
    limits: { memoryBytes: 256e6, processes: 64, cpus: 1 },
    // It is in a way out and in the bot's network: no packet of one of them goes on into the other.
    container: {
      Image: image,
      Command: [place.node],
      Args: command,
      Labels: own,
      Sysctls: { 'net.ipv4.ip_forward': '0' },
    },
    Networks: [{ Target: nameOf(botId), Aliases: aliases }, { Target: companionName('relay', installation) }],
  });
  return {
    Name: companionOf(role, botId),
    Labels: { ...own, ...labels, [label.node]: node.id, [label.madeOf]: image },
    TaskTemplate: {
      ...task,
      ContainerSpec: { ...task.ContainerSpec, DNSConfig: undefined } as ContainerSpec,
      // It decides nothing: the Swarm itself may bring it back.
      RestartPolicy: { Condition: 'any', Delay: 1e9 },
    },
    Mode: replicas(1),
    EndpointSpec: { Mode: 'dnsrr' },
  };
}

/** The bot's companion of this role. */
export async function findCompanion(
  engine: Docker,
  { installation }: SwarmSettings,
  { role, botId }: Pick<Companion, 'role' | 'botId'>,
): Promise<SwarmService | undefined> {
  const [found] = await servicesWith(engine, ours(installation, { [label.role]: role, [label.bot]: botId }));
  return found;
}

/** Whether it runs, and is made of all that it should be. */
export function isMadeSo(known: SwarmService, { Labels = {} }: ServiceSpec): boolean {
  return replicasOf(known) === 1 && Object.entries(Labels).every(([name, made]) => known.Spec.Labels?.[name] === made);
}

/** Makes it, or changes it as it was when it was read. */
export async function putCompanion(engine: Docker, known: SwarmService | undefined, spec: ServiceSpec): Promise<void> {
  if (known) await updateService(engine, known, spec);
  else await engine.createService(spec as never);
}

/** Ends what stands beside a bot that does not run. */
export function restCompanions(engine: Docker, settings: SwarmSettings, botId: string): Promise<void> {
  return besideBot(turnOf(settings, botId), async () => {
    for (const service of await companionsOf(engine, settings, botId))
      if (replicasOf(service) > 0)
        await updateService(engine, service, { ...service.Spec, Mode: replicas(0) }).catch((error: unknown) => {
          // Another process has just said what it is to be.
          if (!isOvertaken(error)) throw error;
        });
  });
}

/** Removes what stands beside the bot. */
export function removeCompanions(engine: Docker, settings: SwarmSettings, botId: string): Promise<void> {
  return besideBot(turnOf(settings, botId), async () => {
    for (const { ID } of await companionsOf(engine, settings, botId))
      await unlessMissing(engine.getService(ID).remove());
  });
}

async function companionsOf(engine: Docker, settings: SwarmSettings, botId: string): Promise<SwarmService[]> {
  const found = (['relay', 'egress'] as const).map((role) => findCompanion(engine, settings, { role, botId }));
  return (await Promise.all(found)).filter((service) => service !== undefined);
}
