import { createHash } from 'node:crypto';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Longer paths of sockets are refused by some systems. */
const pathBytesMax = 100;
const name = 'link.sock';

/** Where links are taken in beside the port: the folder that a relay in a container is given. */
export function linkDirectory(dataDirectory: string): string {
  const directory = join(dataDirectory, 'link');
  if (Buffer.byteLength(join(directory, name)) <= pathBytesMax) return directory;
  const digest = createHash('sha256').update(dataDirectory).digest('hex');
  return join(tmpdir(), `clawster-link-${digest.slice(0, 16)}`);
}

export type LinkSocket = { server: Server; close(): Promise<void> };

/**
 * Listens on a Unix socket for links and for nothing else: what is not one is not found. Containers on this machine come in
 * here, so that the server itself needs to listen to none of their networks. Undefined while another server is on it.
 */
export async function openLinkSocket(directory: string): Promise<LinkSocket | undefined> {
  const path = join(directory, name);
  if (await answers(path)) return undefined;
  await mkdir(directory, { recursive: true });
  await chmod(directory, 0o755);
  // Left by a server that was killed.
  await rm(path, { force: true });
  const server = createServer((_, response) => response.writeHead(404).end());
  server.headersTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  // As the port on loopback: whoever dials in proves who it is.
  await chmod(path, 0o666);
  return {
    server,
    async close() {
      server.closeAllConnections();
      await promisify(server.close.bind(server))();
    },
  };
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
