import type { EventRecord } from '@clawster/contract/event';
import { eventTypes } from '@clawster/contract/event-types';
import { expect, test } from 'vitest';
import { gatherEvents } from './gather-events.ts';
import { sayEvent } from './say-event.ts';

const event = (type: EventRecord['type'], detail: EventRecord['detail'] = {}, subjectName = 'ada'): EventRecord => ({
  id: '1',
  at: '2026-01-01T00:00:00.000Z',
  type,
  actor: { kind: 'system', job: 'reconcile-bots' },
  subjectName,
  detail,
});

test('every event is said in words', () => {
  for (const type of eventTypes) {
    const { before, after } = sayEvent(event(type));
    expect(`${before}${after}`.trim()).not.toBe('');
    expect(`${before}${after}`).not.toContain(type);
  }
});

test.each([
  ['bot-phase-changed', { to: 'failed', reason: 'Port 41021 is taken' }, 'is failed: Port 41021 is taken'],
  ['bot-phase-changed', { to: 'paused', reason: 'Paused: it takes no turns' }, 'is paused: it takes no turns'],
  ['bot-phase-changed', { to: 'stopped', reason: 'Stopped; its state is kept' }, 'is stopped; its state is kept'],
  ['delegation-phase-changed', { to: 'held', why: 'Money leaves us' }, 'is held: Money leaves us'],
  ['bot-cloned', { from: 'eve' }, 'was cloned from eve'],
  ['bot-drifted', { reverted: false }, 'was changed on its host'],
  ['bot-drifted', { reverted: true }, 'was changed on its host, and put back'],
  ['bot-stopped', { emergency: true }, 'was stopped by the emergency stop'],
  ['person-updated', { by: 'directory' }, 'was changed by the directory'],
  ['person-identity-linked', { by: 'directory' }, 'is taken over by the directory'],
  ['person-identity-linked', { provider: 'Acme' }, 'signs in by single sign-on from now on'],
] as const)('%s %o', (type, detail, said) => expect(sayEvent(event(type, detail)).after).toBe(said));

test.each([
  [{ mode: 'stop', bots: 12 }, 'Emergency stop: 12 bots were stopped'],
  [{ mode: 'pause', bots: 1 }, 'Emergency stop: 1 bot was paused'],
] as const)('an emergency stop says what it did: %o', (detail, said) =>
  expect(sayEvent(event('fleet-halted', detail)).before).toBe(said),
);

test('many events that say the same are one line, a few are not, and nothing is lost', () => {
  const stopped = ['a', 'b', 'c', 'd', 'e'].map((name) => event('bot-stopped', { emergency: true }, name));
  const few = ['f', 'g'].map((name) => event('bot-started', {}, name));
  const groups = gatherEvents([...stopped, ...few]);
  expect(groups.map((group) => group.length)).toEqual([5, 1, 1]);
  expect(groups.flat()).toEqual([...stopped, ...few]);
});
