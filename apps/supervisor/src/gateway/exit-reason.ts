import type { GatewayExit } from './gateway-process.ts';

/**
 * What kind of end it was, which decides what is done: a `configuration` is not tried again soon, a `port` is replaced
 * at once, whoever holds the `state` is ended; all else waits its time.
 */
export type ExitKind = 'configuration' | 'port' | 'state' | 'secrets' | 'memory' | 'disk' | 'busy' | 'late' | 'other';
export type ExitReason = { sentence: string; kind: ExitKind };

const known: { seen: RegExp; kind: ExitKind; reason: (match: RegExpExecArray) => string }[] = [
  {
    // The issues stand one a line between the file's name and the advice.
    seen: /Invalid config at .+:\n([^]+?)(?:\nRun "|$)/,
    kind: 'configuration',
    reason: (match) => `OpenClaw refuses the configuration: ${(match[1] ?? '').split('\n').join('; ').slice(0, 500)}`,
  },
  {
    seen: /Gateway start blocked: (.+)/,
    kind: 'configuration',
    reason: (match) => `OpenClaw refuses the configuration: ${match[1] ?? ''}`,
  },
  {
    seen: /Refusing to bind/,
    kind: 'configuration',
    reason: () => 'OpenClaw refuses to listen beyond this machine',
  },
  {
    seen: /Missing config\./,
    kind: 'other',
    reason: () => 'The configuration file is missing; it is written again',
  },
  {
    seen: /StateDatabaseCoordinatorContentionError/,
    kind: 'state',
    reason: () => "Another OpenClaw process still uses this bot's state; it is ended, and the bot tried again",
  },
  {
    seen: /required secrets are unavailable/,
    kind: 'secrets',
    reason: () => 'OpenClaw could not get its secrets from the supervisor',
  },
  {
    seen: /EADDRINUSE|another gateway instance is already listening/,
    kind: 'port',
    reason: () => 'The port was taken by another program; trying another one',
  },
  {
    seen: /startup migrations did not complete|heartbeat did not become ready/i,
    kind: 'busy',
    reason: () => 'OpenClaw gave up preparing its database, as it does on a busy machine; trying again',
  },
  {
    seen: /ENOSPC|no space left/i,
    kind: 'disk',
    reason: () => 'The disk is full. Free some space; the bot is tried again by itself',
  },
  {
    seen: /heap out of memory|Allocation failed/i,
    kind: 'memory',
    reason: () => "OpenClaw reached the limit of Node's own memory (V8 heap out of memory)",
  },
];

/** Why the gateway ended, in a sentence for people. Exit code 78 is OpenClaw's word for "the configuration is wrong". */
export function exitReason(exit: GatewayExit): ExitReason {
  const output = exit.lastLines.join('\n');
  for (const { seen, reason, kind } of known) {
    const match = seen.exec(output);
    if (match) return { sentence: reason(match), kind };
  }
  if (exit.signal === 'SIGKILL') return { sentence: killed(exit), kind: 'memory' };
  const last = exit.lastLines.findLast((line) => line.trim() !== '')?.slice(0, 300);
  const how = exit.signal ? `by ${exit.signal}` : `with exit code ${exit.code ?? '?'}`;
  return {
    sentence: `The gateway ended ${how}${last ? `: ${last}` : ''}`,
    kind: exit.code === 78 ? 'configuration' : 'other',
  };
}

function killed({ outOfMemoryAt }: GatewayExit): string {
  if (outOfMemoryAt === undefined) return 'The gateway was killed by the system, perhaps for want of memory';
  const limit = (outOfMemoryAt / 1e9).toFixed(2);
  return `The gateway was killed for want of memory: all of the bot together may take ${limit} GB. Raise its limit`;
}
