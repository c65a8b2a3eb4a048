import type { Finding, RepairStep } from '@clawster/contract/doctor';
import { botOf } from './bot-of.ts';
import { pause } from './phases.ts';
import { type Handler, tellEvent } from './world.ts';

const wantedSo: Finding[] = [
  {
    checkId: 'gateway/bind',
    severity: 'warning',
    message: 'The gateway listens on the loopback address only',
    path: 'gateway.bind',
    expected: true,
    why: 'Nobody but its own supervisor talks with it.',
  },
  {
    checkId: 'update/auto',
    severity: 'info',
    message: 'Automatic updates are off',
    path: 'update.auto',
    expected: true,
    why: 'Clawster decides which version a bot runs.',
  },
];
const lasting: Finding = {
  checkId: 'core/memory',
  severity: 'warning',
  message: 'Memory search has no embedding provider',
  path: 'memory.search',
  fixHint: 'Set one, or turn memory search off',
  expected: false,
};
const mendable: Finding = {
  checkId: 'state/permissions',
  severity: 'error',
  message: 'The credentials can be read by other users of this machine',
  path: '~/.openclaw/credentials',
  fixHint: 'Repair this bot',
  expected: false,
};
const steps: RepairStep[] = [
  { name: 'permissions', ok: true, changed: true, text: '2 files and 1 folder can be read by the bot alone now' },
  { name: 'leftovers', ok: true, changed: false, text: 'No process and no lock of an earlier run was left' },
  { name: 'openclaw-doctor', ok: true, changed: true, text: 'Moved 1 session into the new layout' },
  { name: 'sessions', ok: true, changed: false, text: 'All 4 conversations can be read' },
  { name: 'configuration', ok: true, changed: false, text: 'It is the one Clawster wrote' },
];

/** A doctor who finds the same in every bot, and a repair that mends the half of it. */
export const doctorHandlers: Record<string, Handler> = {
  'bots.doctor': () => ({ ok: false, ranAt: now(), durationMs: 3210, findings: [mendable, lasting, ...wantedSo] }),
  'bots.repair': async (world, { botId }: { botId: string }) => {
    await pause(world.stepMs);
    tellEvent(world, 'bot-repaired', botOf(world, botId));
    const found = [lasting, ...wantedSo];
    return { ok: true, ranAt: now(), durationMs: 41_300, steps, before: [mendable, ...found], after: found };
  },
};

function now(): string {
  return new Date().toISOString();
}
