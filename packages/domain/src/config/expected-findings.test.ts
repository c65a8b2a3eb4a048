import { expect, test } from 'vitest';
import { expectedFindings, judged } from './expected-findings.ts';
import { baseline } from './baseline.ts';

const finding = (checkId: string, path?: string) => ({
  checkId,
  severity: 'warning',
  message: 'x',
  ...(path ? { path } : {}),
  expected: false,
});
const report = (...findings: ReturnType<typeof finding>[]) => ({ ok: false, ranAt: '', durationMs: 1, findings });
const loopback = finding('core/doctor/node-hosting-preconditions', 'gateway.bind');

test('what the baseline wants is marked, with a sentence why, and no reason to worry', () =>
  expect(judged(report(loopback))).toMatchObject({
    ok: true,
    findings: [{ expected: true, why: expect.stringContaining('loopback') }],
  }));

test('beside it anything else is one', () =>
  expect(judged(report(loopback, finding('core/doctor/state')))).toMatchObject({
    ok: false,
    findings: [{ expected: true }, { expected: false }],
  }));

test('the same check about something else is not expected', () =>
  expect(judged(report(finding('core/doctor/node-hosting-preconditions', 'gateway.port'))).ok).toBe(false));

test('what is called expected is indeed what the baseline says', () => {
  expect(baseline).toMatchObject({ gateway: { bind: 'loopback' }, plugins: { enabled: false } });
  for (const { why } of expectedFindings) expect(why).toMatch(/^[A-Z].{20,}$/);
});
