import type { ReloadKinds } from '@clawster/contract/openclaw-schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedPaths, reloadOf } from './reload-of.ts';

const kinds: ReloadKinds = { agents: 'hot', logging: 'none', gateway: 'restart', 'gateway.tools': 'hot' };

const before = {
  agents: { defaults: { model: 'a/b' }, entries: { main: { skills: ['one'] } } },
  logging: { level: 'info' },
  gateway: { port: 1, tools: { allow: ['x'] } },
};

describe('what a change brings about', () => {
  test.each([
    ['nothing for equal documents', structuredClone(before), 'none', []],
    [
      'nothing for another order of keys',
      { gateway: before.gateway, logging: before.logging, agents: before.agents },
      'none',
      [],
    ],
    ['nothing to do', { ...before, logging: { level: 'debug' } }, 'none', ['logging.level']],
    ['hot', { ...before, agents: { ...before.agents, defaults: { model: 'c/d' } } }, 'hot', ['agents.defaults.model']],
    ['restart', { ...before, gateway: { ...before.gateway, port: 2 } }, 'restart', ['gateway.port']],
    [
      'the gravest of several',
      { ...before, logging: {}, gateway: { port: 2 } },
      'restart',
      ['gateway.port', 'gateway.tools.allow', 'logging.level'],
    ],
    ['restart for what nobody knows', { ...before, unheard: 1 }, 'restart', ['unheard']],
    [
      'a list as one value',
      { ...before, agents: { ...before.agents, entries: { main: { skills: ['two', 'one'] } } } },
      'hot',
      ['agents.entries.main.skills'],
    ],
  ])('%s', (_, after, kind, paths) => {
    const reload = reloadOf(before, after, kinds);
    expect(reload.kind).toBe(kind);
    expect(reload.paths.map(({ path }) => path)).toEqual(paths);
  });

  test('each path is told with what it brings about', () => {
    expect(reloadOf(before, { ...before, logging: {}, gateway: { port: 1 } }, kinds).paths).toEqual([
      { path: 'gateway.tools.allow', kind: 'hot' },
      { path: 'logging.level', kind: 'none' },
    ]);
  });
});

test.each([
  ['a key with a dot', { a: { 'b.c': 1 } }, { a: { 'b.c': 2 } }, [['a', 'b.c']]],
  [
    'an object that comes',
    {},
    { a: { b: { c: 1 }, d: 2 } },
    [
      ['a', 'b', 'c'],
      ['a', 'd'],
    ],
  ],
  ['an object without keys that comes', {}, { a: {} }, [['a']]],
  ['an object for a value', { a: 1 }, { a: { b: 2 } }, [['a'], ['a', 'b']]],
  ['a list for an object', { a: { b: 1 } }, { a: [1] }, [['a'], ['a', 'b']]],
  ['a value for nothing', { a: null }, { a: 0 }, [['a']]],
  ['a key named like a part of all objects', { a: 1 }, { a: 1, toString: 2 }, [['toString']]],
])('%s changes these paths', (_, one, other, paths) => {
  expect(changedPaths(one, other)).toEqual(paths);
});

const anyDocument = fc.dictionary(
  fc.constantFrom('agents', 'gateway', 'logging', 'x.y'),
  fc.jsonValue({ maxDepth: 3 }),
);

test('the same paths change in both directions', () => {
  fc.assert(
    fc.property(anyDocument, anyDocument, (one, other) => {
      expect(reloadOf(one, other, kinds)).toEqual(reloadOf(other, one, kinds));
    }),
  );
});

test('equal documents change nothing, and different ones something', () => {
  fc.assert(
    fc.property(anyDocument, anyDocument, (one, other) => {
      expect(reloadOf(one, structuredClone(one), kinds)).toEqual({ kind: 'none', paths: [] });
      const isEqual = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
      expect(changedPaths(one, other).length === 0).toBe(isEqual);
    }),
  );
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value;
  return Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
