import type { Finding } from '@clawster/contract/finding';
import type { Scan } from '@clawster/contract/scan';
import { expect, test } from 'vitest';
import { cliAt } from '../../testing/cli-at.ts';

const at = '2026-01-01T00:00:00Z';
const id = '3f6f3f0e-6f43-4d53-9c38-666666666666';
const scanOf = (changes: Partial<Scan> = {}): Scan => ({
  id,
  phase: 'running',
  reason: '',
  deep: false,
  author: 'Ada',
  secrets: 3,
  tooShort: [],
  bots: { all: 2, scanned: 1 },
  files: 40,
  bytes: 2_500_000,
  rows: 900,
  opened: 0,
  trouble: [],
  troubleMore: 0,
  askedAt: at,
  ...changes,
});
const finding: Finding = {
  id,
  kind: 'plaintext-secret',
  severity: 'high',
  state: 'open',
  secretName: 'OpenAI key',
  version: 2,
  form: 'base64',
  packed: true,
  place: { kind: 'bot', botId: id, botName: 'Ada', part: 'file', name: 'logs/old.gz' },
  times: 1,
  fix: 'Rotate OpenAI key, then delete logs/old.gz on the host of Ada, or pack it anew without it',
  firstSeenAt: at,
  lastSeenAt: at,
};
const page = (...items: unknown[]) => ({ items, total: items.length });

test('a scan that is waited for tells each finding with its fix and what was not looked at, and exits with 1', async () => {
  const trouble = [{ place: 'Bob', why: 'The bot has no link to Clawster right now' }];
  const answers = [scanOf(), scanOf({ phase: 'done', endedAt: at, opened: 1, trouble })];
  const { run } = await cliAt({
    'scans.start': () => scanOf({ phase: 'waiting' }),
    'scans.get': () => answers.shift(),
    'findings.list': () => page(finding),
  });
  const { code, stdout, stderr } = await run(['secrets', 'scan', '--wait']);
  expect(code).toBe(1);
  expect(stdout).toContain('OpenAI key (version 2, base64 in gzip) on Ada in logs/old.gz');
  expect(stdout).toContain(finding.fix);
  expect(stdout).toContain('Bob: The bot has no link');
  expect(stdout).toContain('1 of 2 bots, 40 files, 900 rows and 2.5 MB');
  expect(stderr).toContain('A secret lies in plain sight');
});

test('a scan that finds nothing exits with 0, and says all as JSON', async () => {
  const { run } = await cliAt({
    'scans.start': () => scanOf({ phase: 'waiting' }),
    'scans.get': () => scanOf({ phase: 'done', endedAt: at }),
    'findings.list': () => page(),
  });
  const { code, stdout } = await run(['secret', 'scan', '--wait', '--deep', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ scan: { phase: 'done' }, findings: [] });
});

test('one that is not waited for says where to look', async () => {
  const { run } = await cliAt({ 'scans.start': () => scanOf() });
  expect(await run(['secret', 'scan'])).toMatchObject({ code: 0, stdout: expect.stringContaining('finding list') });
});

test('findings are listed, and dismissed with a reason', async () => {
  const { run } = await cliAt({
    'findings.list': () => page(finding),
    'findings.dismiss': () => ({ ...finding, state: 'dismissed' }),
  });
  expect((await run(['finding', 'list'])).stdout).toContain('on Ada in logs/old.gz');
  expect(await run(['finding', 'dismiss', id])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Say why it is no trouble'),
  });
  expect(await run(['finding', 'dismiss', id, '--reason', 'A test'])).toMatchObject({ code: 0 });
});

test('how often is shown, and set', async () => {
  const { run } = await cliAt({
    'scans.schedule': () => ({ everyHours: 24 }),
    'scans.setSchedule': () => ({ everyHours: null }),
  });
  expect((await run(['secret', 'scan-schedule'])).stdout).toContain('every 24 hours');
  expect((await run(['secret', 'scan-schedule', '--never'])).stdout).toContain('only when asked');
});
