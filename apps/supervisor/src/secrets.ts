import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { keepSecret } from './host/mask.ts';

/** The kernel cuts longer paths of Unix sockets (108 bytes with the closing zero on Linux, 104 on macOS). */
const socketPathBytesMax = 100;

/** The bot's secrets, in this process's memory alone. */
export type Secrets = {
  get(id: string): string | undefined;
  /** Replaces all of them. */
  replace(values: Record<string, string>): void;
};

export function createSecrets(): Secrets {
  let values: Record<string, string> = {};
  return {
    get: (id) => (Object.hasOwn(values, id) ? values[id] : undefined),
    replace(next) {
      Object.values(next).forEach(keepSecret);
      values = { ...next };
    },
  };
}

export type SecretServer = {
  socket: string;
  /** The folder the socket lies in when it is not the bot's. */
  temporary: string | undefined;
  close(): Promise<void>;
};

/**
 * Answers OpenClaw's exec resolver over a Unix socket that only this user can open, and writes the resolver's
 * executable, which holds no secret: only where to ask.
 */
export async function serveSecrets(
  secrets: Secrets,
  options: { directory: string; resolver: string; node: string },
): Promise<SecretServer> {
  const place = await socketPlace(options.directory);
  const server = createServer({ allowHalfOpen: true }, (connection) => {
    let text = '';
    connection.setEncoding('utf8').setTimeout(5_000, () => connection.destroy());
    connection
      .on('data', (chunk) => {
        text += chunk;
      })
      .on('end', () => connection.end(answer(secrets, text)))
      .on('error', () => connection.destroy());
  });
  await rm(place.socket, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(place.socket, resolve);
  });
  await chmod(place.socket, 0o600);
  await writeFileAtomic(options.resolver, resolverText(options.node, place.socket), { mode: 0o700 });
  return {
    socket: place.socket,
    temporary: place.temporary,
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
      });
      if (place.temporary) await rm(place.temporary, { recursive: true, force: true });
    },
  };
}

/** One JSON request in, one JSON answer out: the protocol of OpenClaw's exec providers, version 1. */
function answer(secrets: Secrets, request: string): string {
  const values: Record<string, string> = {};
  const errors: Record<string, { code: string }> = {};
  for (const id of idsOf(request)) {
    const value = secrets.get(id);
    if (value === undefined) errors[id] = { code: 'NOT_FOUND' };
    else values[id] = value;
  }
  return JSON.stringify({ protocolVersion: 1, values, errors });
}

function idsOf(request: string): string[] {
  try {
    const { ids } = JSON.parse(request) as { ids?: unknown };
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

async function socketPlace(directory: string): Promise<{ socket: string; temporary?: string }> {
  const beside = join(directory, 'secrets.sock');
  if (Buffer.byteLength(beside) <= socketPathBytesMax) return { socket: beside };
  const temporary = await mkdtemp(join(tmpdir(), 'clawster-'));
  await writeFile(join(temporary, 'of'), directory, { mode: 0o600 });
  return { socket: join(temporary, 's'), temporary };
}

/** A shell script, because OpenClaw takes neither a symlink nor a program of another owner, and Node may be both. */
function resolverText(node: string, socket: string): string {
  const program =
    'const s=require("node:net").connect(process.argv[1]);' +
    's.on("error",(e)=>{console.error("The supervisor of this bot does not answer: "+e.message);process.exit(1)});' +
    'process.stdin.pipe(s);s.pipe(process.stdout)';
  return `#!/bin/sh\nexec ${quote(node)} -e ${quote(program)} ${quote(socket)}\n`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
