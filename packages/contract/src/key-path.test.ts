import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseKeyPath, showKeyPath } from './key-path.ts';

test.each([
  ['', []],
  ['agents.defaults.model', ['agents', 'defaults', 'model']],
  ['agents.defaults.models["openai/gpt-5.4"].alias', ['agents', 'defaults', 'models', 'openai/gpt-5.4', 'alias']],
  ['tools.allow.0', ['tools', 'allow', '0']],
  ['tools.allow[0]', ['tools', 'allow', '0']],
  ['agents.entries.*.model', ['agents', 'entries', '*', 'model']],
  ['agents.entries[*].model', ['agents', 'entries', '*', 'model']],
  ['["a \\"b\\""]', ['a "b"']],
])('%s names its keys', (text, keys) => {
  expect(parseKeyPath(text)).toEqual(keys);
});

test.each(['.', '.a', 'a.', 'a..b', 'a[', 'a[b]', 'a["b', 'a.["b"]', 'a["b"]c', 'a"b', '["\\x"]'])(
  '%s is no path',
  (text) => {
    expect(parseKeyPath(text)).toBeUndefined();
  },
);

test('whatever keys a path is made of, they are read back from it', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (keys) => {
      expect(parseKeyPath(showKeyPath(keys))).toEqual(keys);
    }),
  );
});
