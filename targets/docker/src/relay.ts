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
      Mounts: socketFolder ? [{ Type: 'bind', Source: socketFolder, Target: place.link, ReadOnly: true }] : [],
    },
    addressIn: ({ relay }) => relay,
  };
}
