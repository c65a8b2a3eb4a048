import { expect, test } from 'vitest';
import { loginStep } from './login.ts';

const answer = { connected: false, message: 'Scan it' };

test.each([
  ['the first code is shown', { ...answer, qrDataUrl: 'a' }, undefined, 0, { state: 'scan', qrDataUrl: 'a' }],
  ['without a code there is nothing to scan', answer, undefined, 20_000, { state: 'over' }],
  ['a code stays while it is waited for', answer, 'a', 20_000, { state: 'scan', qrDataUrl: 'a' }],
  ['another takes its place at once', { ...answer, qrDataUrl: 'b' }, 'a', 10, { state: 'scan', qrDataUrl: 'b' }],
  ['a wait that waits for nothing is the end', answer, 'a', 10, { state: 'over' }],
  ['so is one that tells the same code', { ...answer, qrDataUrl: 'a' }, 'a', 10, { state: 'over' }],
  ['a phone that has scanned it is the goal', { ...answer, connected: true }, 'a', 10, { state: 'linked' }],
] as const)('%s', (_, told, shown, tookMs, step) => expect(loginStep(told, shown, tookMs)).toEqual(step));
