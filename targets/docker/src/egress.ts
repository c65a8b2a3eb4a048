import { posix } from 'node:path';
import type { Egress, EgressLine, EgressLists } from '@clawster/target/egress';
import type Docker from 'dockerode';
import { z } from 'zod';
import { type Companion, companionName } from './companion.ts';
import { label } from './labels.ts';
import { place } from './place.ts';
import { readFile, writeFile } from './volume-files.ts';

export const egressPort = 3128;
/** Where the proxy finds its lists. */
export const listsFile = posix.join(place.lists, 'lists.json');

/** The one way out of the bots of an installation, by lists that outlive it. */
export function egressOf(image: string, installation: string): Companion {
  const labels = { [label.installation]: installation, [label.role]: 'egress' };
  return {
    role: 'egress',
    image,
    command: [place.node, place.egress, String(egressPort), listsFile],
    memoryBytes: 512e6,
    isClosed: false,
    host: {
      Mounts: [
        {
          Type: 'volume',
          Source: companionName('egress', installation),
          Target: place.lists,
          VolumeOptions: { NoCopy: true, Labels: labels, DriverConfig: { Name: 'local', Options: {} } },
        },
      ],
      // What runs on the engine's own machine, such as a model, under the name that Docker itself uses for it.
      ExtraHosts: ['host.docker.internal:host-gateway'],
    },
    addressIn: ({ egress }) => egress,
  };
}

const Places = z.array(z.string());
const Lists = z.object({
  bots: z.array(
    z.object({
      botId: z.string(),
      credentialHash: z.string(),
      networks: Places,
      allowed: Places,
      inside: Places,
    }),
  ),
}) satisfies z.ZodType<EgressLists>;

/** Far more than the lists of all bots of an engine come to. */
const listsBytesMax = 100e6;

type Whose = { botId: string; credentialHash: string; address: string };

/** What the proxy is told of a bot, which may use its credential from its own address alone. */
export function lineOf({ botId, credentialHash, address }: Whose, { allowed, inside }: Egress): EgressLine {
  return { botId, credentialHash, networks: [`${address}/32`], allowed, inside };
}

/** Lets the proxy go by these lists, in place of those it has. */
export async function writeLists(proxy: Docker.Container, bots: EgressLine[]): Promise<void> {
  const text = `${JSON.stringify({ bots } satisfies EgressLists)}\n`;
  if ((await readFile(proxy, listsFile, listsBytesMax)) !== text) await writeFile(proxy, listsFile, text);
}

/** Adds one bot to the lists, or replaces what they said of it. */
export async function listBot(proxy: Docker.Container, line: EgressLine): Promise<void> {
  const { bots } = Lists.parse(JSON.parse((await readFile(proxy, listsFile, listsBytesMax)) ?? '{"bots":[]}'));
  await writeLists(proxy, [...bots.filter(({ botId }) => botId !== line.botId), line]);
}
