import { isAbsolute } from 'node:path';
import type { Companion } from './companion.ts';
import { place } from './place.ts';
import type { WayHome } from './way-home.ts';

/** What leads the bots of an installation home; it knows the way there alone. Where that is a socket, its own network leads nowhere. */
export function relayOf(image: string, { to, port, socketFolder }: WayHome): Companion {
  return {
    role: 'relay',
    image,
    command: [place.node, place.relay, to, String(port)],
    memoryBytes: 256e6,
    isClosed: socketFolder !== undefined,
    host: {
      Mounts: socketFolder ? [linkMount(socketFolder)] : [],
    },
    addressIn: ({ relay }) => relay,
  };
}

/** Where the control plane is a container itself, its folder is a volume: its path is not one of the engine's machine. */
function linkMount(folderOrVolume: string) {
  const type = isAbsolute(folderOrVolume) ? ('bind' as const) : ('volume' as const);
  return { Type: type, Source: folderOrVolume, Target: place.link, ReadOnly: true };
}
