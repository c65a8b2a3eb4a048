import { execFile } from 'node:child_process';
import { readFile, readdir, readlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CliRefusal } from '../failure.ts';

const defaultPort = 4500;
const portFile = (dataFolder: string) => join(dataFolder, 'port');

/** A port nobody listens on; 0 asks the system for any. Undefined when the asked one is taken. */
export async function freePort(port: number, host = '127.0.0.1'): Promise<number | undefined> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(undefined) : reject(error),
    );
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}

/** The asked port, or the one used last, or the first free one from 4500 on. An asked one that is taken is refused, naming its holder. */
export async function choosePort(dataFolder: string, asked: number | undefined, host: string): Promise<number> {
  if (asked !== undefined) {
    const port = await freePort(asked, host);
    if (port === undefined) throw new CliRefusal(await takenSentence(asked));
    return port;
  }
  const last = Number(await readFile(portFile(dataFolder), 'utf8').catch(() => ''));
  const first = Number.isInteger(last) && last > 0 && last < 65_536 ? last : defaultPort;
  const candidates = [first, ...Array.from({ length: 100 }, (_, index) => defaultPort + index)];
  for (const candidate of candidates) {
    const port = await freePort(candidate, host);
    if (port !== undefined) return port;
  }
  throw new CliRefusal(`All ports from ${defaultPort} to ${defaultPort + 99} are taken. Choose another with --port.`);
}

export async function rememberPort(dataFolder: string, port: number): Promise<void> {
  await writeFile(portFile(dataFolder), `${port}\n`, { mode: 0o600 });
}

async function takenSentence(port: number): Promise<string> {
  if (port > 0 && port < 1024)
    return `Port ${port} cannot be used: it is taken, or only root may listen there. Choose one above 1023 with --port.`;
  const holder = (await holderByProc(port)) ?? (await holderByLsof(port));
  const who = holder ? ` by ${holder}` : ' by another program';
  return `Port ${port} is taken${who}. Stop that program, or choose another port: clawster up --port ${port + 1}`;
}

async function holderByProc(port: number): Promise<string | undefined> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')),
  );
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const rows = tables.flatMap((text) => text.split('\n').slice(1)).map((line) => line.trim().split(/\s+/));
  // Column 1 is the local address, 3 the state (0A: listening), 9 the socket's inode.
  const inode = rows.find((row) => row[1]?.endsWith(`:${hexPort}`) && row[3] === '0A')?.[9];
  if (!inode) return undefined;
  for (const pid of (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))) {
    if (await holdsSocket(pid, inode))
      return `${(await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'process')).trim()} (process ${pid})`;
  }
  return undefined;
}

async function holdsSocket(pid: string, inode: string): Promise<boolean> {
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const links = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')));
  return links.includes(`socket:[${inode}]`);
}

async function holderByLsof(port: number): Promise<string | undefined> {
  const found = await promisify(execFile)('lsof', ['-nP', '-Fpc', `-iTCP:${port}`, '-sTCP:LISTEN']).catch(
    () => undefined,
  );
  const pid = found?.stdout.match(/^p(\d+)/m)?.[1];
  return pid && `${found.stdout.match(/^c(.+)/m)?.[1] ?? 'process'} (process ${pid})`;
}
