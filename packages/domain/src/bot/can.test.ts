import { BotPhase } from '@clawster/contract/bot';
import { expect, test } from 'vitest';
import { botCan, whyNot, type BotAction } from './can.ts';

const actions: BotAction[] = [
  'start',
  'stop',
  'pause',
  'resume',
  'restart',
  'redeploy',
  'update',
  'clone',
  'move',
  'backup',
  'destroy',
  'restore',
  'chat',
  'doctor',
  'repair',
  'logs',
];
type Desired = 'running' | 'paused' | 'stopped' | 'destroyed';
const allowed = (phase: BotPhase, desired: Desired) =>
  actions.filter((action) => botCan(action, { phase, desired })).join(' ');
const always = 'update clone move backup destroy';

test.each<[BotPhase, Desired, string]>([
  ['pending', 'running', `stop pause restart redeploy ${always} logs`],
  ['installing', 'running', `stop pause restart redeploy ${always} logs`],
  ['starting', 'running', `stop pause restart redeploy ${always} doctor repair logs`],
  ['ready', 'running', `stop pause restart redeploy ${always} chat doctor repair logs`],
  ['degraded', 'running', `stop pause restart redeploy ${always} chat doctor repair logs`],
  ['failed', 'running', `stop pause restart redeploy ${always} doctor repair logs`],
  ['unknown', 'running', `stop pause restart redeploy ${always} logs`],
  ['pausing', 'paused', `stop resume ${always} doctor logs`],
  ['paused', 'paused', `stop resume ${always} doctor logs`],
  ['stopping', 'stopped', `start ${always} logs`],
  ['stopped', 'stopped', `start ${always} logs`],
  ['destroying', 'destroyed', 'logs'],
  ['destroyed', 'destroyed', 'restore'],
])('a bot that is %s and should be %s can: %s', (phase, desired, expected) =>
  expect(allowed(phase, desired)).toBe(expected),
);

test('a bot whose state is on its way is not changed by anyone else, and the reason names what holds it', () => {
  const changing = actions.filter((action) => !['chat', 'doctor', 'logs'].includes(action));
  for (const [operation, words] of [
    ['restore', 'restored'],
    ['move', 'moved'],
    ['clone', 'memory of another'],
    ['adoption', 'state from another'],
  ] as const)
    for (const action of changing)
      expect(whyNot(action, { phase: 'stopped', desired: 'running', operation })).toContain(words);
  expect(botCan('stop', { phase: 'ready', desired: 'running', operation: 'backup' })).toBe(true);
});

test('what cannot be done is explained in a sentence', () => {
  const reasons = BotPhase.options.flatMap((phase) =>
    (['running', 'paused', 'stopped', 'destroyed'] as const).flatMap((desired) =>
      actions.map((action) => whyNot(action, { phase, desired })).filter((reason) => reason !== undefined),
    ),
  );
  expect(reasons).not.toHaveLength(0);
  for (const reason of reasons) expect(reason).toMatch(/^The bot .{5,}/);
});
