import { open, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BotFolder } from './gateway/folder.ts';
import { maskSecrets } from './host/mask.ts';
import type { Context } from './link/serve-request.ts';
import type { LogLine } from './turn/turn-event.ts';

const tailBytesMax = 512 * 1024;

/** The last lines of the supervisor's and the gateway's log in the order of time, and with `follow` what comes after, until cancelled. */
export async function readLogs(
  folder: BotFolder,
  ask: { lines: number; follow: boolean },
  { part, signal }: Context,
): Promise<Record<string, never>> {
  const tails = await Promise.all([
    openTail(folder.supervisorLog, parseSupervisorLine),
    openTail(folder.gatewayLog, parseGatewayLine),
  ]);
  const past = (await Promise.all(tails.map((tail) => tail.next())))
    .flat()
    .toSorted((one, other) => (one.at ?? '').localeCompare(other.at ?? ''));
  for (const line of past.slice(-ask.lines)) part(line);
  while (ask.follow && !signal.aborted) {
    await sleep(500, undefined, { signal }).catch(() => {});
    for (const tail of tails) for (const line of await tail.next()) part(line);
  }
  signal.throwIfAborted();
  return {};
}

/** Reads what was written since the last time; a file that became shorter was rotated and is read from its beginning. */
async function openTail(file: string, parse: (line: string) => LogLine) {
  let position = Math.max(0, (await sizeOf(file)) - tailBytesMax);
  let rest = '';
  return {
    async next(): Promise<LogLine[]> {
      const size = await sizeOf(file);
      if (size < position) {
        position = 0;
        rest = '';
      }
      if (size === position) return [];
      const handle = await open(file, 'r');
      try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - position), 0, size - position, position);
        position += bytesRead;
        const lines = (rest + buffer.toString('utf8', 0, bytesRead)).split('\n');
        rest = lines.pop() ?? '';
        return lines.filter((line) => line.trim() !== '').map((line) => parse(maskSecrets(line)));
      } finally {
        await handle.close();
      }
    },
  };
}

function parseSupervisorLine(line: string): LogLine {
  try {
    const { at, level, message, ...detail } = JSON.parse(line) as { at: string; level: string; message: string };
    const more = Object.entries(detail)
      .map(([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join('');
    return { source: 'supervisor', at, level, text: `${message}${more}` };
  } catch {
    return { source: 'supervisor', text: line };
  }
}

function parseGatewayLine(line: string): LogLine {
  const match = /^(\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})) (.*)$/s.exec(line);
  const time = match?.[1] ? Date.parse(match[1]) : Number.NaN;
  const text = match?.[2] ?? line;
  const level = /\b(error|failed|fatal)\b/i.test(text) ? 'error' : /\bwarn(ing)?\b/i.test(text) ? 'warn' : 'info';
  return { source: 'gateway', level, text, ...(Number.isNaN(time) ? {} : { at: new Date(time).toISOString() }) };
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
