import type { Skill } from '@clawster/contract/skill';
import { pinOf } from '@clawster/domain/skill/pin';
import { expect, test } from 'vitest';
import { entriesOf, newerThan, sayScan, searched, usesOf, whyNotDelete, whyNotGive } from './catalogue.ts';

const version = (name: string, letter: string, changes: Partial<Skill> = {}): Skill => ({
  name,
  digest: `sha256:${letter.repeat(64)}`,
  description: `How to ${name}`,
  status: 'ready',
  findings: [],
  characters: 10,
  author: 'Ada',
  builtIn: false,
  botCount: 0,
  createdAt: '2026-11-01T00:00:00.000Z',
  ...changes,
});
const danger = { severity: 'danger' as const, file: 'SKILL.md', message: 'It runs what it fetches' };
const held = version('refund', 'c', { status: 'held', findings: [danger] });
const newer = version('refund', 'b', { botCount: 1 });
const oldest = version('refund', 'a', { botCount: 2 });
const skills = [held, newer, oldest, version('triage', 'd')];

test('versions stand by their skill, with the bots that have any of them and those behind', () => {
  const [refund, triage] = entriesOf(skills);
  expect([refund?.newest, refund?.versions.length, triage?.name]).toEqual([held, 3, 'triage']);
  expect(refund && usesOf(refund)).toEqual({ all: 3, older: 3 });
  expect(searched(entriesOf(skills), ' TRI ').map(({ name }) => name)).toEqual(['triage']);
});

test('the newer version of one is the newest that bots may use, or the one that is held back', () => {
  expect(newerThan(skills, pinOf(oldest))).toBe(newer);
  expect(newerThan(skills, pinOf(newer))).toBe(held);
  expect(newerThan(skills, pinOf(held))).toBeUndefined();
  expect(newerThan(skills, `refund@sha256:${'f'.repeat(64)}`)).toBeUndefined();
});

test('what the scan found is told, and what stands in the way', () => {
  expect(sayScan(held)).toBe('held back: 1 danger');
  expect(sayScan({ ...held, status: 'ready', approvedBy: 'Ada' })).toBe('1 danger, approved by Ada');
  expect(sayScan(newer)).toBe('nothing found');
  expect([whyNotGive(held), whyNotGive(newer)]).toEqual([expect.stringContaining('1 danger'), undefined]);
  expect(whyNotDelete(newer)).toContain('1 bot has this version');
  expect(whyNotDelete({ ...oldest, builtIn: true })).toContain('comes with Clawster');
  expect(whyNotDelete(held)).toBeUndefined();
});
