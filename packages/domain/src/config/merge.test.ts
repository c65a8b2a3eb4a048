import type { Document, Json } from '@clawster/contract/document';
import type { LayerRef } from '@clawster/contract/layer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isObject, type Layer, mergeLayers } from './merge.ts';
import { showKeyPath } from '@clawster/contract/key-path';

const ref = (name: string): LayerRef => ({ kind: 'profile', name });
const layer = (name: string, settings: Document, more: Partial<Layer> = {}): Layer => ({
  ref: ref(name),
  settings,
  ...more,
});
const merged = (...settings: Document[]) => mergeLayers(settings.map((one, at) => layer(`layer ${at}`, one)));

describe('layers laid over each other', () => {
  test.each<[string, Document[], Document]>([
    ['objects go key by key', [{ a: { x: 1, y: 2 } }, { a: { y: 3 } }], { a: { x: 1, y: 3 } }],
    ['a list takes the place of the one below', [{ a: [1, 2] }, { a: [3] }], { a: [3] }],
    ['a list is added to and taken from', [{ a: [1, 2] }, { a: { $add: [3, 1], $remove: [2] } }], { a: [1, 3] }],
    ['what is both taken away and added stays', [{ a: [1, 2] }, { a: { $add: [1], $remove: [1] } }], { a: [1, 2] }],
    ['a list that is not there yet is begun', [{ a: { $add: [1, 1] } }], { a: [1] }],
    ['items are compared by what they say', [{ a: [{ x: 1 }] }, { a: { $remove: [{ x: 1 }] } }], { a: [] }],
    ['null takes a value away', [{ a: 1, b: 2 }, { a: null }], { b: 2 }],
    ['null takes an object away with all in it', [{ a: { b: { c: 1 } }, d: 1 }, { a: null }], { d: 1 }],
    ['what was taken away can be said again, as another kind', [{ a: { b: 1 } }, { a: null }, { a: 1 }], { a: 1 }],
    ['an empty object is one', [{ a: {} }], { a: {} }],
    ['an empty object leaves what is below', [{ a: { b: 1 } }, { a: {} }], { a: { b: 1 } }],
    ['an empty object is filled', [{ a: {} }, { a: { b: 1 } }], { a: { b: 1 } }],
    ['a key may be any word', [{ toString: 1 }, { 'a.b': 2 }], { toString: 1, 'a.b': 2 } as unknown as Document],
  ])('%s', (_, settings, value) => expect(merged(...settings)).toMatchObject({ value, issues: [] }));

  test.each<[string, Json, Json, string]>([
    ['an object over a value', 1, { b: 1 }, 'says an object where there is a value below'],
    ['a value over an object', { b: 1 }, 1, 'says a value where there is an object below'],
    ['a list over a value', 1, [1], 'says a list where there is a value below'],
    ['a value over a list', [1], 1, 'says a value where there is a list below'],
    ['a change of a list over an object', { b: 1 }, { $add: [1] }, 'says a list where there is an object below'],
    ['an object over a list', [1], { b: 1 }, 'says an object where there is a list below'],
  ])('%s is told, and what was below stays', (_, below, above, message) => {
    const { value, issues } = merged({ a: below }, { a: above });
    expect(value).toEqual({ a: below });
    expect(issues).toMatchObject([{ path: 'a', message: expect.stringContaining(message) }]);
  });

  test('a locked value is not changed by what is above, which is told, and only the enforced layer is above that', () => {
    const locked = layer('security', { tools: { allow: ['read'] } }, { locked: ['tools'] });
    const own = layer('own', { tools: { allow: ['write'], deny: ['read'] }, other: 1 });
    const { value, issues, explained } = mergeLayers([locked, own]);
    expect(value).toEqual({ tools: { allow: ['read'] }, other: 1 });
    expect(issues.map(({ path }) => path)).toEqual(['tools.allow', 'tools.deny']);
    expect(issues[0]?.message).toBe('The profile "security" has locked it: The profile "own" cannot change it');
    expect(explained.find(({ path }) => path === 'tools.allow')?.lockedBy).toEqual(ref('security'));
    const enforced = layer('baseline', { tools: { allow: ['ls'] } }, { enforced: true });
    expect(mergeLayers([locked, own, enforced]).value).toMatchObject({ tools: { allow: ['ls'] } });
  });

  test('a lock below a removed object keeps what it holds', () => {
    const locked = layer('security', { tools: { allow: ['read'], deny: ['x'] } }, { locked: ['tools.allow'] });
    const { value, issues } = mergeLayers([locked, layer('own', { tools: null })]);
    expect(value).toEqual({ tools: { allow: ['read'] } });
    expect(issues).toHaveLength(1);
  });

  test('an enforced value takes the place of whatever is below', () => {
    const force = (settings: Document) => layer('baseline', settings, { enforced: true });
    expect(mergeLayers([layer('a', { a: { b: 1 } }), force({ a: false })])).toMatchObject({
      value: { a: false },
      issues: [],
    });
    expect(mergeLayers([layer('a', { a: 1 }), force({ a: { b: 1 } })])).toMatchObject({
      value: { a: { b: 1 } },
      issues: [],
    });
    expect(mergeLayers([layer('a', { a: 'x' }), force({ a: { $add: [1] } })])).toMatchObject({ issues: [] });
  });

  test('each value knows who decided it, and whom that overruled', () => {
    const { explained } = merged({ a: 1, l: [1] }, { a: 2, l: { $add: [2] } }, { a: null });
    expect(explained).toEqual([
      {
        path: 'a',
        contributions: [
          { layer: ref('layer 0'), does: 'set', value: 1 },
          { layer: ref('layer 1'), does: 'set', value: 2 },
          { layer: ref('layer 2'), does: 'remove' },
        ],
      },
      {
        path: 'l',
        value: [1, 2],
        contributions: [
          { layer: ref('layer 0'), does: 'set', value: [1] },
          { layer: ref('layer 1'), does: 'change', value: { $add: [2] } },
        ],
      },
    ]);
  });
});

const key = fc.constantFrom('a', 'b', 'c', 'd.e', 'constructor', '');
const scalar = fc.oneof(fc.integer(), fc.string(), fc.boolean());
/** Any layers: also those that contradict each other. */
const anySettings = fc.letrec<{ value: Json; object: Document }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.constant(null),
    fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }),
    fc.record({ $add: fc.array(fc.integer({ min: 0, max: 5 })), $remove: fc.array(fc.integer({ min: 0, max: 5 })) }),
    tie('object'),
  ),
  object: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
})).object;
/** Layers that only set values, and never another kind of thing in the same place. */
const settings = fc.record(
  {
    a: fc.record({ x: fc.integer(), y: fc.array(fc.integer()) }, { requiredKeys: [] }),
    b: fc.string(),
    c: fc.record({ d: fc.record({ e: fc.boolean(), f: fc.integer() }, { requiredKeys: [] }) }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Document>;

describe('whatever the layers say', () => {
  test('a layer laid twice changes nothing', () =>
    fc.assert(
      fc.property(anySettings, anySettings, (below, above) => {
        expect(merged(below, above, above).value).toEqual(merged(below, above).value);
      }),
      { numRuns: 500 },
    ));

  test('what the lower layers come to can stand for them', () =>
    fc.assert(
      fc.property(anySettings, anySettings, anySettings, (one, two, three) => {
        expect(merged(merged(one, two).value, three).value).toEqual(merged(one, two, three).value);
      }),
      { numRuns: 500 },
    ));

  test('layers that only set values can be taken together in any way', () =>
    fc.assert(
      fc.property(settings, settings, settings, (one, two, three) => {
        expect(merged(one, merged(two, three).value).value).toEqual(merged(merged(one, two).value, three).value);
      }),
    ));

  test('every value is explained, by a last word that says just this value, and nothing else is', () =>
    fc.assert(
      fc.property(fc.array(anySettings, { maxLength: 4 }), (all) => {
        const { value, explained } = merged(...all);
        const leaves = new Map(leavesOf(value).map(([path, leaf]) => [showKeyPath(path), leaf]));
        const present = explained.filter((one) => one.value !== undefined);
        expect(new Map(present.map((one) => [one.path, one.value]))).toEqual(leaves);
        for (const { value: told, contributions } of present) {
          const last = contributions.filter(({ does }) => does !== 'blocked').at(-1);
          if (last?.does === 'set') expect(last.value).toEqual(told);
          else expect(last?.does).toBe('change');
        }
      }),
      { numRuns: 500 },
    ));

  test('nothing a layer said is lost: it decides, is overruled, or is told to be in vain', () =>
    fc.assert(
      fc.property(fc.array(anySettings, { maxLength: 4 }), (all) => {
        const { explained } = merged(...all);
        all.forEach((one, at) => {
          for (const [path] of leavesOf(one).filter(([, leaf]) => leaf !== null && !isObject(leaf)))
            expect(
              explained.some(
                (told) =>
                  isAtOrAbove(told.path, showKeyPath(path)) &&
                  told.contributions.some(({ layer: { name } }) => name === `layer ${at}`),
              ),
            ).toBe(true);
        });
      }),
    ));
});

function leavesOf(value: Json, path: string[] = []): [string[], Json][] {
  if (!isObject(value) || Object.keys(value).length === 0 || '$add' in value)
    return path.length > 0 ? [[path, value]] : [];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]));
}

function isAtOrAbove(told: string, path: string): boolean {
  return path === told || path.startsWith(`${told}.`) || path.startsWith(`${told}[`);
}
