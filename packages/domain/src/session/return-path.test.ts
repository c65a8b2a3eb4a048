import fc from 'fast-check';
import { expect, test } from 'vitest';
import { returnPath } from './return-path.ts';

test.each([
  ['/bots/new?from=home#form', '/bots/new?from=home#form'],
  [undefined, '/'],
  [null, '/'],
  ['', '/'],
  ['bots', '/'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['\\\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/\n/evil.example', '/'],
  ['/..//evil.example', '/'],
  ['/.//evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/api/v1/session', '/'],
  ['/bots/../api/v1/session', '/'],
  ['/internal', '/'],
  ['/apiary', '/apiary'],
])('%j leads to %s', (wanted, path) => expect(returnPath(wanted)).toBe(path));

test('whatever is wanted, a browser stays on the origin', () =>
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('/', '\\', '.', ':', '@', '\t', '\n', 'a', '?', '#', '%') }),
      (wanted) => {
        expect(new URL(returnPath(wanted), 'https://clawster.example').origin).toBe('https://clawster.example');
      },
    ),
  ));
