import { createHash } from 'node:crypto';
import Docker from 'dockerode';
import type { Connection } from './settings.ts';

/** An engine that does not answer at all is given up on; builds and pulls stream, and are never that silent. */
const silentMsMax = 120_000;

/** A client of the engine; nothing is sent yet. */
export async function openEngine(connection: Connection): Promise<Docker> {
  switch (connection.via) {
    case 'socket':
      return new Docker({ socketPath: connection.path, timeout: silentMsMax });
    case 'tls': {
      const { host, port, ca, certificate: cert, key } = connection;
      return new Docker({ protocol: 'https', host, port, ca, cert, key, timeout: silentMsMax });
    }
    case 'ssh': {
      const { host, port, user: username, key: privateKey, fingerprint } = connection;
      const hostVerifier = (hostKey: Buffer) => fingerprintOf(hostKey) === fingerprint;
      return new Docker({ protocol: 'ssh', host, port, username, sshOptions: { privateKey, hostVerifier } });
    }
  }
}

function fingerprintOf(hostKey: Buffer): string {
  return `SHA256:${createHash('sha256').update(hostKey).digest('base64').replace(/=+$/, '')}`;
}
