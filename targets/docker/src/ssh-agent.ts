import { createHash } from 'node:crypto';
import { Agent } from 'node:http';
import type { Duplex } from 'node:stream';
import { Client, type ClientChannel } from 'ssh2';
import type { Connection } from './settings.ts';
import { connectionOver } from './ssh-connection.ts';

type Ssh = Extract<Connection, { via: 'ssh' }>;
type Line = { opened: Promise<Client>; taken: number };

/** As `docker -H ssh://` does it. */
const command = 'docker system dial-stdio';
/** An SSH server lets ten in over one line, unless it is told otherwise; some are held for long. */
const takenMax = 8;
/** Of connections that wait for their next request, for so long. */
const freeMax = 4;
const idleMsMax = 30_000;
const connectMsMax = 10_000;
/** A machine that went without a word is given up on after three of these. */
const keepaliveMs = 10_000;

/**
 * Reaches an engine by a command on its machine. Requests share few lines, since each costs a handshake, and the next one
 * takes the connection of the last, since each costs a process there.
 */
export function sshAgent(ssh: Ssh): Agent {
  return new SshAgent(ssh);
}

class SshAgent extends Agent {
  private readonly lines = new Set<Line>();
  private readonly ssh: Ssh;

  constructor(ssh: Ssh) {
    super({ keepAlive: true, maxFreeSockets: freeMax, timeout: idleMsMax });
    this.ssh = ssh;
  }

  override createConnection(_: unknown, done?: (error: Error | null, connection: Duplex) => void): undefined {
    this.dial().then(
      (connection) => done?.(null, connection),
      // Nothing is read of the second where there is a first.
      (error: Error) => done?.(error, undefined as unknown as Duplex),
    );
  }

  private async dial(): Promise<Duplex> {
    const line = [...this.lines].find(({ taken }) => taken < takenMax) ?? this.newLine();
    line.taken += 1;
    try {
      const channel = await run(await line.opened);
      channel.once('close', () => this.giveBack(line));
      return connectionOver(channel);
    } catch (error) {
      this.giveBack(line);
      throw error;
    }
  }

  private newLine(): Line {
    const forget = () => this.lines.delete(line);
    const line = { opened: connect(this.ssh, forget), taken: 0 };
    this.lines.add(line);
    line.opened.catch(forget);
    return line;
  }

  private giveBack(line: Line): void {
    line.taken -= 1;
    if (line.taken > 0) return;
    const endUnused = async () => {
      if (line.taken === 0) (await line.opened).end();
    };
    setTimeout(() => void endUnused().catch(() => undefined), idleMsMax).unref();
  }
}

function connect({ host, port, user, key, fingerprint }: Ssh, onClose: () => void): Promise<Client> {
  return new Promise((resolve, reject) => {
    const client = new Client();
    client
      .once('ready', () => resolve(client))
      // Later ones end the connections over it, too.
      .on('error', reject)
      .once('close', () => {
        onClose();
        reject(new Error('The connection was closed'));
      })
      .connect({
        host,
        port,
        username: user,
        privateKey: key,
        hostVerifier: (hostKey: Buffer) => fingerprintOf(hostKey) === fingerprint,
        readyTimeout: connectMsMax,
        keepaliveInterval: keepaliveMs,
      });
  });
}

function run(client: Client): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => (error ? reject(error) : resolve(channel)));
  });
}

function fingerprintOf(hostKey: Buffer): string {
  return `SHA256:${createHash('sha256').update(hostKey).digest('base64').replace(/=+$/, '')}`;
}
