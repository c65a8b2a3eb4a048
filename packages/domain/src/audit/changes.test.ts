import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changesOf, masked } from './changes.ts';

test('what differs is told, as it was and as it is', () => {
  const before = { name: 'Ada', model: 'small', tags: ['a'], memory: 3 };
  expect(changesOf(before, { ...before, model: 'large', tags: ['a', 'b'], note: 'new' })).toEqual({
    changed: ['model', 'tags', 'note'],
    before: { model: 'small', tags: ['a'] },
    after: { model: 'large', tags: ['a', 'b'], note: 'new' },
  });
  expect(changesOf(before, { ...before }).changed).toEqual([]);
});

test('no secret is told, at whatever depth and in whatever name', () =>
  fc.assert(
    fc.property(
      fc.constantFrom(
        'apiKey',
        'token',
        'botToken',
        'password',
        'clientSecret',
        'Authorization',
        'api_key',
        'passphrase',
      ),
      fc.string({ minLength: 8 }).map((text) => `canary-${text}`),
      fc.boolean(),
      (name, canary, isDeep) => {
        const of = (value: string) => (isDeep ? { channel: [{ [name]: value }] } : { [name]: value });
        const told = JSON.stringify(changesOf(of('canary-old'), of(canary)));
        expect(told).toContain(masked);
        expect(told).not.toContain('canary-');
      },
    ),
  ));

test('an address is told without what opens it', () => {
  const { before, after } = changesOf(
    { baseUrl: 'https://ada:canary@models.example.com/v1' },
    { baseUrl: 'https://models.example.com/v2' },
  );
  expect(before).toEqual({ baseUrl: 'https://(secret)@models.example.com/v1' });
  expect(after).toEqual({ baseUrl: 'https://models.example.com/v2' });
});

test('what is long is cut', () => {
  const { after } = changesOf({}, { personality: 'x'.repeat(2_000) });
  expect(after['personality']).toBe(`${'x'.repeat(500)}… (1500 more)`);
});
