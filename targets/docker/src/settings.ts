import { z } from 'zod';
import { ImageName } from './image-name.ts';

const port = z.int().min(1).max(65_535);

/** How the engine is reached. */
const Connection = z.discriminatedUnion('via', [
  z.object({ via: z.literal('socket'), path: z.string().startsWith('/').default('/var/run/docker.sock') }),
  z.object({
    via: z.literal('tls'),
    host: z.string().min(1),
    port: port.default(2376),
    /** PEM: whom the engine's certificate is from, and who we are. */
    ca: z.string().min(1),
    certificate: z.string().min(1),
    key: z.string().min(1),
  }),
  z.object({
    via: z.literal('ssh'),
    host: z.string().min(1),
    port: port.default(22),
    user: z.string().regex(/^\w[\w.@-]*$/),
    key: z.string().min(1),
    /** Of the host's key, as `ssh-keygen -lf` prints it: nobody else is spoken to. */
    fingerprint: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'The fingerprint looks like SHA256:…, 43 characters'),
  }),
]);
export type Connection = z.output<typeof Connection>;

/** An image in a registry, pinned: what runs is what was looked at. */
const pinnedImage = ImageName.regex(/^[^@]+@sha256:[0-9a-f]{64}$/);
const url = z.url({ protocol: /^https?$/ });

export const Settings = z.object({
  connection: Connection.prefault({ via: 'socket' }),
  /** Whose bots these are: what bears another's name is not touched. */
  installation: z.string().min(1),
  /** Where the control plane takes in links beside its port: a folder of the engine's own machine, or a volume of the engine. */
  linkDirectory: z.string().optional(),
  /** The egress proxy's bundled file on this host. */
  egressFile: z.string(),
  /** Where bots find the control plane when the engine is elsewhere. */
  controlPlaneUrl: url.optional(),
  /** The bot image in a registry, pinned; absent: built on the engine from what is installed here. */
  image: pinnedImage.optional(),
  /** What a built image begins with: our Node is put in, and needs libstdc++ and libatomic, which debian:*-slim lacks. */
  baseImage: ImageName.default('node:26-bookworm-slim'),
  /** Each bot's network is eight addresses of this. */
  addresses: z.cidrv4().default('10.213.0.0/16'),
  cpusMax: z.number().positive().default(2),
  /** An idle gateway has some 40 threads; what it starts for its tools counts, too. */
  processesMax: z.int().positive().default(512),
  // Three starts at a time kept ten real gateways below a minute each on two cores (measured).
  startsAtOnceMax: z.int().positive().default(3),
  /** A supervisor gives its gateway 25 s to stop, and needs a moment for itself. */
  stopTimeoutMs: z.int().positive().default(30_000),
});
export type Settings = z.output<typeof Settings>;

/** A Swarm, reached at one of its managers. */
export const SwarmSettings = Settings.pick({
  connection: true,
  installation: true,
  cpusMax: true,
  processesMax: true,
  startsAtOnceMax: true,
  stopTimeoutMs: true,
}).extend({
  /** Where bots find the control plane: a node elsewhere has no socket of ours. */
  controlPlaneUrl: url,
  /** Nodes cannot build for each other. */
  image: pinnedImage,
  /** `name=value`: bots are placed on nodes with this label alone. */
  nodeLabel: z
    .string()
    .regex(/^[^\s=]+=[^\s=]+$/)
    .optional(),
});
export type SwarmSettings = z.output<typeof SwarmSettings>;

/** Names one installation on one engine: what is done there in turn does not wait for an engine elsewhere, which may be silent. */
export function onOneEngine({ installation, connection }: Pick<Settings, 'installation' | 'connection'>): string {
  const { via } = connection;
  return [installation, via, ...(via === 'socket' ? [connection.path] : [connection.host, connection.port])].join(' ');
}
