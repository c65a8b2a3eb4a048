import { z } from 'zod';

const host = z
  .string('Enter the name or the address of the machine the engine runs on')
  .trim()
  .min(1, 'Enter the name or the address of the machine the engine runs on')
  .max(253)
  .regex(/^[A-Za-z0-9:][A-Za-z0-9.:_-]*$/, 'A host is a name or an address, without https:// and without a port');
const port = z.int('A port is a number such as 2376').min(1).max(65_535, 'A port is at most 65535');
const pem = (what: string) =>
  z
    .string(`Give ${what}`)
    .trim()
    .regex(
      /^-----BEGIN [A-Z0-9 ]+-----[\s\S]+-----END [A-Z0-9 ]+-----$/,
      `Give ${what}, as text that begins with -----BEGIN`,
    )
    .max(20_000);
const key = pem('the private key').transform((text) => `${text}\n`);

/** How a Docker engine is reached. Keys are written, and never read back. */
export const EngineConnection = z.discriminatedUnion(
  'via',
  [
    z.object({
      via: z.literal('socket'),
      path: z
        .string()
        .trim()
        .regex(/^\/[^\0]+$/, 'A socket is a path such as /var/run/docker.sock')
        .max(200)
        .default('/var/run/docker.sock'),
    }),
    z.object({
      via: z.literal('tls'),
      host,
      port: port.default(2376),
      ca: pem('the certificate of the authority that signed the engine’s'),
      certificate: pem('the certificate Clawster shows the engine'),
      key,
    }),
    z.object({
      via: z.literal('ssh'),
      host,
      port: port.default(22),
      user: z
        .string('Say as whom')
        .trim()
        .min(1, 'Say as whom')
        .max(64)
        .regex(/^\w[\w.@-]*$/, 'A user is a name such as deploy'),
      key,
      /** Of the host's key; another one is not spoken to. */
      fingerprint: z
        .string('Give the fingerprint of the host’s key')
        .trim()
        .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'A fingerprint looks like SHA256:…, as ssh-keygen -lf prints it'),
    }),
  ],
  'Say how the engine is reached: socket, tls or ssh',
);
export type EngineConnection = z.infer<typeof EngineConnection>;

const controlPlaneUrl = z
  .url({ protocol: /^https?$/, error: 'Where bots reach Clawster is an address such as https://clawster.example.com' })
  .max(2_000);

/** A registry, a path and a tag, as engines themselves read them. */
export const imageName =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?\/)?[a-z0-9]+(?:(?:\.|__?|-+|\/)[a-z0-9]+)*(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

/** A Docker engine as a place where bots run, or a Swarm, which is reached at one of its managers. */
export const DockerEngine = z.object({
  /** Absent: the socket of this machine's own. */
  connection: EngineConnection.optional(),
  /** Where its bots reach Clawster; an engine on this machine needs none, a Swarm always. */
  controlPlaneUrl: controlPlaneUrl.optional(),
  /** The bot image in a registry, pinned by its digest; absent: built on the engine. Nodes of a Swarm cannot build for each other. */
  image: z
    .string()
    .trim()
    .regex(/@sha256:[0-9a-f]{64}$/, 'An image is pinned by its digest: registry.example.com/bot@sha256:…')
    .regex(imageName, 'This names no image: write it like registry.example.com/bot@sha256:…')
    .max(500)
    .optional(),
  /** Of a Swarm: bots are placed on nodes with this label alone. */
  nodeLabel: z
    .string()
    .trim()
    .regex(/^[^\s=]+=[^\s=]+$/, 'A label of nodes is written name=value, such as bots=yes')
    .max(200)
    .optional(),
  /** What a built image begins with. */
  baseImage: z
    .string()
    .trim()
    .regex(imageName, 'A base image is a name such as node:26-bookworm-slim')
    .max(500)
    .optional(),
});
