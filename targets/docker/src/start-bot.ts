import type { egressCredential } from '@clawster/target/egress';
import type { ContainerLimits, Workload } from '@clawster/target/target';
import type Docker from 'dockerode';
import type { ContainerCreateOptions } from 'dockerode';
import { hardened } from './hardening.ts';
import { label, nameOf } from './labels.ts';
import type { BotNetwork } from './network.ts';
import { place, user } from './place.ts';
import { pluginsMount } from './plugins.ts';
import type { Settings } from './settings.ts';
import type { WayHome } from './way-home.ts';

/** Beside the gateway there are its supervisor, and at times a command of OpenClaw's that looks at its document. */
export const besideGatewayBytes = 750e6;

/** All a bot's container is made from. */
export type BotParts = {
  workload: Workload;
  image: string;
  network: BotNetwork;
  home: WayHome;
  settings: Settings;
  /** Its own, for the egress proxy. */
  credential: ReturnType<typeof egressCredential>;
};

/** A bot's container, as the engine is asked for it; nothing in it is secret. */
export function botContainer(parts: BotParts): ContainerCreateOptions {
  const { workload, image, network, home, settings } = parts;
  const { botId } = workload;
  const { memoryBytesMax: memoryBytes, processesMax: processes, cpusMax: cpus } = limitsOf(parts);
  return {
    name: nameOf(botId),
    Image: image,
    Hostname: 'bot',
    User: `${user.uid}:${user.gid}`,
    WorkingDir: place.bot,
    Entrypoint: [place.node, place.supervisor],
    Cmd: [place.bot],
    Env: [`HOME=${place.bot}`, 'LANG=C.UTF-8'],
    Labels: labelsOf(parts, memoryBytes),
    AttachStdin: true,
    OpenStdin: true,
    StdinOnce: true,
    HostConfig: {
      ...hardened({ memoryBytes, processes, cpus }),
      NetworkMode: network.name,
      ExtraHosts: [knownAddress(home, network)],
      // Itself, where nothing answers: the engine would look names up outside on a bot's behalf.
      Dns: ['127.0.0.1'],
      Mounts: [
        { Type: 'volume', Source: nameOf(botId), Target: place.bot },
        pluginsMount(settings.installation, workload.runtime.version),
      ],
    },
    NetworkingConfig: { EndpointsConfig: { [network.name]: { IPAMConfig: { IPv4Address: network.bot } } } },
  };
}

/** The control plane's name and the relay's address, as a bot's container knows them from its first moment on. */
export const knownAddress = (home: WayHome, network: BotNetwork): string => `${home.host}:${network.relay}`;

function labelsOf({ workload, settings, credential }: BotParts, memoryBytes: number) {
  const { botId, botName, workspaceId, generation, copy } = workload;
  return {
    [label.installation]: settings.installation,
    [label.role]: 'bot',
    [label.bot]: botId,
    ...(workspaceId ? { [label.workspace]: workspaceId } : {}),
    // A name may hold what a label may not.
    [label.botName]: JSON.stringify(botName),
    [label.generation]: String(generation),
    [label.copy]: `${copy.id} ${copy.epoch}`,
    [label.memory]: String(memoryBytes),
    [label.credentialHash]: credential.credentialHash,
  };
}

/** Starts the container and tells its supervisor what to run on its standard input: it is seen by nobody else. */
export async function startBot(container: Docker.Container, parts: BotParts): Promise<void> {
  const line = startLine(parts);
  // Attached before the start, so that not a word is lost.
  const input = await container.attach({ stream: true, stdin: true, hijack: true });
  // One that dies at once closes it; `inspect` will tell how it ended.
  input.on('error', () => undefined);
  await container.start();
  await new Promise<void>((resolve) => {
    input.once('close', resolve);
    input.end(line, () => resolve());
  });
}

type Limited = { workload: Workload; settings: Pick<Settings, 'cpusMax' | 'processesMax'> };
type Told = Limited & Pick<BotParts, 'home'> & Partial<Pick<BotParts, 'credential'>>;

/** What its supervisor is told at its start; a join token is in it. */
export function startLine(told: Told): string {
  const { joinToken, ...workload } = inContainer(told);
  return `${JSON.stringify({ workload, joinToken, directory: place.bot })}\n`;
}

/** The workload as it is inside: with the image's paths, the relay's name for the control plane, and its own way out. */
function inContainer(told: Told) {
  const { workload, home, credential } = told;
  const { egress, ...rest } = workload;
  return {
    ...rest,
    // Without a list it is let out by nobody, and needs no way.
    ...(egress && credential ? { egress: { proxyUrl: credential.proxyUrl, link: 'beside' as const } } : {}),
    controlPlaneUrl: home.url,
    container: limitsOf(told),
    runtime: {
      version: workload.runtime.version,
      directory: place.openclaw,
      node: place.node,
      compileCacheDirectory: place.compileCache,
      pluginsDirectory: place.plugins,
    },
    supervisor: { ...workload.supervisor, file: place.supervisor },
  };
}

function limitsOf({ workload, settings }: Limited): ContainerLimits {
  const { cpusMax, processesMax } = settings;
  return { memoryBytesMax: workload.memoryBytesMax + besideGatewayBytes, cpusMax, processesMax };
}
