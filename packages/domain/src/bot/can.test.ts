import { BotPhase } from '@clawster/contract/bot';
import { expect, test } from 'vitest';
import { botCan, whyNot, type BotAction } from './can.ts';

const actions: BotAction[] = ['start', 'stop', 'restart', 'update', 'destroy', 'chat', 'doctor', 'logs'];
const allowed = (phase: BotPhase, desired: 'running' | 'stopped' | 'destroyed') =>
  actions.filter((action) => botCan(action, { phase, desired })).join(' ');

test.each<[BotPhase, 'running' | 'stopped' | 'destroyed', string]>([
  ['pending', 'running', 'stop restart update destroy logs'],
  ['installing', 'running', 'stop restart update destroy logs'],
  ['starting', 'running', 'stop restart update destroy doctor logs'],
  ['ready', 'running', 'stop restart update destroy chat doctor logs'],
  ['degraded', 'running', 'stop restart update destroy chat doctor logs'],
  ['failed', 'running', 'stop restart update destroy doctor logs'],
  ['unknown', 'running', 'stop restart update destroy logs'],
  ['stopping', 'stopped', 'start update destroy logs'],
  ['stopped', 'stopped', 'start update destroy logs'],
  ['destroying', 'destroyed', 'logs'],
  ['destroyed', 'destroyed', ''],
])('a bot that is %s and should be %s can: %s', (phase, desired, expected) =>
  expect(allowed(phase, desired)).toBe(expected),
);

test('what cannot be done is explained in a sentence', () => {
  const reasons = BotPhase.options.flatMap((phase) =>
    (['running', 'stopped', 'destroyed'] as const).flatMap((desired) =>
      actions.map((action) => whyNot(action, { phase, desired })).filter((reason) => reason !== undefined),
    ),
  );
  expect(reasons).not.toHaveLength(0);
  for (const reason of reasons) expect(reason).toMatch(/^The bot .{5,}/);
});
