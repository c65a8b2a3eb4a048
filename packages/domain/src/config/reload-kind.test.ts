import type { ReloadKind, ReloadKinds } from '@clawster/contract/openclaw-schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collapseReloadKinds, reloadKindOf } from './reload-kind.ts';

const kinds: ReloadKinds = {
  agents: 'none',
  'agents.entries': 'hot',
  'agents.entries.*.model': 'none',
  'agents.entries.main.model': 'restart',
  gateway: 'restart',
  'gateway.reload': 'none',
};

test.each([
  ['unheard.of', 'restart'],
  ['agents', 'none'],
  ['agents.defaults.model', 'none'],
  ['agents.entries', 'hot'],
  ['agents.entries.ada', 'hot'],
  ['agents.entries.ada.model', 'none'],
  ['agents.entries.ada.model.primary', 'none'],
  ['agents.entries.main.model.primary', 'restart'],
  ['agents.entriesOfOthers', 'none'],
  ['gateway.port', 'restart'],
  ['gateway.reload.mode', 'none'],
] as const)('%s brings about: %s', (path, kind) => {
  expect(reloadKindOf(path.split('.'), kinds)).toBe(kind);
});

const anyKey = fc.constantFrom('a', 'b', 'c.d', '*');
const anyKind = fc.constantFrom<ReloadKind>('none', 'hot', 'restart');
const anyRecording = fc.uniqueArray(fc.record({ keys: fc.array(anyKey, { maxLength: 4 }), kind: anyKind }), {
  selector: ({ keys }) => JSON.stringify(keys),
});

test('the prefixes say of each recorded path what was recorded, also when they are kept in another order', () => {
  fc.assert(
    fc.property(anyRecording, (recorded) => {
      const collapsed = collapseReloadKinds(recorded);
      const kept = Object.fromEntries(Object.entries(collapsed).toSorted(([one], [other]) => (one < other ? -1 : 1)));
      for (const { keys, kind } of recorded) expect(reloadKindOf(keys, kept)).toBe(kind);
    }),
  );
});

test('there is no prefix too many: without any one of them, a path would be told wrongly', () => {
  fc.assert(
    fc.property(anyRecording, (recorded) => {
      const collapsed = collapseReloadKinds(recorded);
      for (const left of Object.keys(collapsed)) {
        const fewer = Object.fromEntries(Object.entries(collapsed).filter(([path]) => path !== left));
        expect(recorded.some(({ keys, kind }) => reloadKindOf(keys, fewer) !== kind)).toBe(true);
      }
    }),
  );
});
