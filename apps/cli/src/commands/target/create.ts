import { readFile } from 'node:fs/promises';
import { DockerEngine, EngineConnection } from '@clawster/contract/engine';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { hostAndPort } from '../../host-and-port.ts';

const input = z.object({
  kind: z.enum(
    ['docker', 'docker-swarm'],
    'Only a docker engine or a docker-swarm can be added: clawster target create docker <name>',
  ),
  name: z.string(),
  socket: z.string().optional(),
  tls: z.string().optional(),
  ssh: z
    .string()
    .regex(/^[^@\s]+@[^@\s]+$/, 'Write the machine as user@host, or user@host:port')
    .optional(),
  ca: z.string().optional(),
  certificate: z.string().optional(),
  key: z.string().optional(),
  fingerprint: z.string().optional(),
  controlPlaneUrl: DockerEngine.shape.controlPlaneUrl,
  image: DockerEngine.shape.image,
  baseImage: DockerEngine.shape.baseImage,
  nodeLabel: DockerEngine.shape.nodeLabel,
});
type Input = z.output<typeof input>;

export const create = cliCommand({
  usage: 'target create <kind> <name>',
  summary:
    'Add a Docker engine (docker) or Swarm (docker-swarm) as a place where bots run; it is asked first, and refused if it does not answer',
  options: [
    ['--socket <path>', 'an engine on the server’s own machine (/var/run/docker.sock)'],
    ['--tls <host:port>', 'an engine elsewhere, by TLS, with --ca, --certificate and --key'],
    ['--ssh <user@host>', 'an engine elsewhere, by SSH, with --key and --fingerprint'],
    ['--ca <file>', 'of TLS: the certificate of whoever signed the engine’s'],
    ['--certificate <file>', 'of TLS: the certificate to show'],
    ['--key <file>', 'the private key; it is stored encrypted'],
    ['--fingerprint <fingerprint>', 'of SSH: of the host’s key, as ssh-keygen -lf prints it'],
    ['--control-plane-url <url>', 'where bots of an engine elsewhere, or of a Swarm, reach Clawster'],
    ['--image <image>', 'the bot image in a registry, by its digest; else it is built on the engine'],
    ['--node-label <name=value>', 'of a Swarm: the label of the nodes that take bots in'],
    ['--base-image <image>', 'what a built image begins with (node:26-bookworm-slim)'],
  ],
  input,
  async run({ client }, asked) {
    const { kind, name, controlPlaneUrl, image, baseImage, nodeLabel } = asked;
    const connection = EngineConnection.parse(await connectionOf(asked));
    return client.targets.create({ kind, name, connection, controlPlaneUrl, image, baseImage, nodeLabel });
  },
  show: ({ name, health }) =>
    `${name} is added. ${health?.message ?? ''}\nUse it: clawster bot create Ada --target ${JSON.stringify(name)}`,
});

async function connectionOf({ socket, tls, ssh, ...rest }: Input): Promise<unknown> {
  if ([socket, tls, ssh].filter((one) => one !== undefined).length > 1)
    throw new CliRefusal('Say how the engine is reached, once: --socket, --tls or --ssh.', exitCodes.usage);
  if (tls !== undefined) {
    const [ca, certificate, key] = await Promise.all([rest.ca, rest.certificate, rest.key].map(contentOf));
    return { via: 'tls', ...hostAndPort(tls), ca, certificate, key };
  }
  if (ssh !== undefined) {
    const [user, address = ''] = ssh.split('@');
    return { via: 'ssh', user, ...hostAndPort(address), key: await contentOf(rest.key), fingerprint: rest.fingerprint };
  }
  return { via: 'socket', path: socket };
}

async function contentOf(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  return readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new CliRefusal(`The file ${file} cannot be read (${cause.code}).`, exitCodes.usage);
  });
}
