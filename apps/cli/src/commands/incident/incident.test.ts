import type { BotHealth, FleetHealth, Incident, Signal } from '@clawster/contract/health';
import { expect, test } from 'vitest';
import { cliAt } from '../../testing/cli-at.ts';

const id = '3f6f3f0e-6f43-4d53-9c38-666666666666';
const since = new Date(Date.now() - 600_000).toISOString();
const cause = { signal: 'channel', text: 'Telegram was not let in' } as const;
const fix = 'See the token of its Telegram channel: it may be wrong or revoked';
const signal: Signal = {
  kind: 'channel',
  label: 'Telegram',
  state: 'bad',
  text: 'Telegram was not let in: 401',
  at: since,
  deadlineSeconds: 180,
};
const bot: BotHealth = {
  botId: id,
  botName: 'Ada',
  phase: 'degraded',
  verdict: 'bad',
  why: signal.text,
  fix,
  cause,
  since,
  failing: [signal],
};
const fleet: FleetHealth = {
  total: 14,
  verdicts: { bad: 12, unknown: 0, settling: 0, good: 2, muted: 0 },
  causes: [{ ...cause, fix, bots: 12, some: [{ id, name: 'Ada' }], since }],
  openIncidents: 12,
};
const incident: Incident = { id, botId: id, botName: 'Ada', cause, why: signal.text, fix, beganAt: since };
const page = (...items: unknown[]) => ({ items, total: items.length });

test('the fleet is told by cause with what to do, and the bots that are not well', async () => {
  const { run } = await cliAt({
    'health.fleet': () => fleet,
    'health.bots': ({ verdict }: { verdict?: unknown }) => page(...(verdict === 'bad' ? [bot] : [])),
  });
  const { code, stdout } = await run(['health']);
  expect(code).toBe(0);
  expect(stdout).toContain('14 bots: 12 not well, 2 well');
  expect(stdout).toContain('12 bots: Telegram was not let in');
  expect(stdout).toContain(fix);
  expect(stdout).toMatch(/Ada +not well +10m +Telegram was not let in: 401/);
  expect(JSON.parse((await run(['health', '--json'])).stdout)).toMatchObject({ fleet, bots: [{ botName: 'Ada' }] });
});

test('one bot is told with each signal, its age and what was seen', async () => {
  const { run } = await cliAt({
    'bots.get': () => ({ id }),
    'health.bot': () => ({ ...bot, signals: [signal], checkedAt: since }),
  });
  const { stdout } = await run(['health', id]);
  expect(stdout).toMatch(/Telegram +bad +10m +Telegram was not let in: 401/);
});

test('incidents are listed, and one tells its story', async () => {
  const { run } = await cliAt({
    'incidents.list': () => page(incident),
    'incidents.get': () => ({
      ...incident,
      evidence: [signal],
      story: [{ at: since, kind: 'change', text: 'It was restarted' }],
    }),
  });
  expect((await run(['incident', 'list'])).stdout).toMatch(/Ada +open +10m ago +10m +Telegram was not let in/);
  const { stdout } = await run(['incident', 'show', id]);
  expect(stdout).toContain('Telegram was not let in, open for 10m');
  expect(stdout).toContain(`${since}  It was restarted`);
});
