import { randomUUID } from 'node:crypto';
import type { Finding } from '@clawster/contract/finding';
import type { Scan } from '@clawster/contract/scan';
import { ago } from './fleet.ts';
import { Refused } from './refused.ts';
import type { Handler, World } from './world.ts';

export type Scans = { scans: Scan[]; findings: Finding[]; everyHours: number | null };

/** Never looked, nothing found. */
export const noScans = (): Scans => ({ scans: [], findings: [], everyHours: 24 });

export const scanOf = (changes: Partial<Scan> = {}): Scan => ({
  id: randomUUID(),
  phase: 'done',
  reason: '',
  deep: false,
  author: 'Clawster',
  secrets: 14,
  tooShort: [],
  bots: { all: 4, scanned: 4 },
  files: 1_280,
  bytes: 48_000_000,
  rows: 12_400,
  opened: 0,
  trouble: [],
  troubleMore: 0,
  askedAt: ago(7_300),
  startedAt: ago(7_290),
  endedAt: ago(7_200),
  ...changes,
});

export const findingOf = (changes: Partial<Finding> = {}): Finding => ({
  id: randomUUID(),
  kind: 'plaintext-secret',
  severity: 'high',
  state: 'open',
  secretId: '33333333-3333-4333-8333-333333333333',
  secretName: 'OpenAI key',
  version: 2,
  form: 'raw',
  packed: false,
  place: { kind: 'bot', botId: randomUUID(), botName: 'Ada', part: 'file', name: 'logs/gateway.log', line: 12 },
  times: 3,
  fix: 'Rotate OpenAI key, then delete line 12 of logs/gateway.log on the host of Ada',
  firstSeenAt: ago(7_200),
  lastSeenAt: ago(7_200),
  ...changes,
});

/** A key in a log, a former token packed away, one bot that could not be asked. */
export const someFindings = (): Scans => ({
  scans: [
    scanOf({
      bots: { all: 4, scanned: 3 },
      opened: 2,
      tooShort: ['PIN of the door'],
      trouble: [{ place: 'Grace', why: 'The bot has no link to Clawster right now: try again in a moment' }],
    }),
  ],
  findings: [
    findingOf(),
    findingOf({
      severity: 'medium',
      secretName: 'Telegram token',
      version: 1,
      form: 'base64',
      packed: true,
      times: 1,
      place: { kind: 'server', host: 'clawster-1', part: 'file', name: '/var/lib/clawster/logs/old.gz' },
      fix: 'Rotate Telegram token, then delete /var/lib/clawster/logs/old.gz on the server clawster-1, or pack it anew without it',
    }),
  ],
  everyHours: 24,
});

export const scanHandlers: Record<string, Handler> = {
  'scans.list': (world) => {
    const { scans } = world.scanning;
    // Asked the next time, one that goes on is further.
    world.scanning = { ...world.scanning, scans: scans.map((scan) => (scan.endedAt ? scan : further(scan))) };
    return { items: scans.slice(0, 1), total: scans.length };
  },
  'scans.start': (world) => {
    const { endedAt: _, ...begun } = scanOf({ phase: 'running', bots: { all: 4, scanned: 0 }, author: 'Ada' });
    world.scanning = { ...world.scanning, scans: [begun, ...world.scanning.scans] };
    return begun;
  },
  'scans.schedule': ({ scanning: { everyHours } }) => ({ everyHours }),
  'scans.setSchedule': (world, { everyHours }) => {
    world.scanning = { ...world.scanning, everyHours: everyHours as number | null };
    return { everyHours };
  },
  'findings.list': ({ scanning: { findings } }) => ({ items: findings, total: findings.length }),
  'findings.dismiss': (world, { findingId, reason }) => dismiss(world, String(findingId), String(reason)),
};

function further(scan: Scan): Scan {
  const scanned = Math.min(scan.bots.all, scan.bots.scanned + 2);
  const isOver = scan.bots.scanned === scan.bots.all;
  return { ...scan, bots: { ...scan.bots, scanned }, ...(isOver ? { phase: 'done' as const, endedAt: ago(0) } : {}) };
}

function dismiss(world: World, findingId: string, reason: string): Finding {
  const { findings } = world.scanning;
  const finding = findings.find(({ id }) => id === findingId);
  if (!finding) throw new Refused('not-found', 'There is no such finding in this workspace');
  world.scanning = { ...world.scanning, findings: findings.filter(({ id }) => id !== findingId) };
  return { ...finding, state: 'dismissed', dismissed: { reason, author: 'Ada', at: ago(0) } };
}
