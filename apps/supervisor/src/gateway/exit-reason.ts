import type { GatewayExit } from './gateway-process.ts';

/** `isConfiguration`: the same document will fail again, so only a new one, or much later, is worth a try. */
export type ExitReason = { sentence: string; isConfiguration: boolean };

const known: { seen: RegExp; reason: (match: RegExpExecArray) => string; isConfiguration?: boolean }[] = [
  {
    // The issues stand one a line between the file's name and the advice.
    seen: /Invalid config at .+:\n([^]+?)(?:\nRun "|$)/,
    reason: (match) => `OpenClaw refuses the configuration: ${(match[1] ?? '').split('\n').join('; ').slice(0, 500)}`,
    isConfiguration: true,
  },
  {
    seen: /Gateway start blocked: (.+)/,
    reason: (match) => `OpenClaw refuses the configuration: ${match[1] ?? ''}`,
    isConfiguration: true,
  },
  {
    seen: /Missing config\./,
    reason: () => 'The configuration file is missing; it is written again',
    isConfiguration: false,
  },
  {
    seen: /StateDatabaseCoordinatorContentionError/,
    reason: () => "Another OpenClaw process still uses this bot's state; trying again when it is gone",
  },
  { seen: /required secrets are unavailable/, reason: () => 'OpenClaw could not get its secrets from the supervisor' },
  {
    seen: /EADDRINUSE|another gateway instance is already listening/,
    reason: () => 'The port was taken by another program; trying another one',
  },
  {
    seen: /startup migrations did not complete|heartbeat did not become ready/i,
    reason: () => 'OpenClaw gave up preparing its database, as it does on a busy machine; trying again',
  },
  {
    seen: /ENOSPC|no space left/i,
    reason: () => 'The disk is full. Free some space; the bot is tried again by itself',
  },
  { seen: /heap out of memory|Allocation failed/i, reason: () => 'OpenClaw ran out of memory' },
  { seen: /Refusing to bind/, reason: () => 'OpenClaw refuses to listen beyond this machine', isConfiguration: true },
];

/** Why the gateway ended, in a sentence for people. Exit code 78 is OpenClaw's word for "the configuration is wrong". */
export function exitReason(exit: GatewayExit): ExitReason {
  const output = exit.lastLines.join('\n');
  for (const { seen, reason, isConfiguration } of known) {
    const match = seen.exec(output);
    if (match) return { sentence: reason(match), isConfiguration: isConfiguration ?? false };
  }
  if (exit.signal === 'SIGKILL')
    return { sentence: 'The gateway was killed by the system, perhaps for want of memory', isConfiguration: false };
  const last = exit.lastLines.findLast((line) => line.trim() !== '')?.slice(0, 300);
  const how = exit.signal ? `by ${exit.signal}` : `with exit code ${exit.code ?? '?'}`;
  return { sentence: `The gateway ended ${how}${last ? `: ${last}` : ''}`, isConfiguration: exit.code === 78 };
}
