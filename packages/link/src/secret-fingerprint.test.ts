import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprintsOf, formsOf, isTooShort, windowBytes } from './secret-fingerprint.ts';
import { createScanner } from './scan/scanner.ts';

const salt = 'a-salt-of-a-test-that-is-long';
const secret = { secretId: 'one', version: 3 };
const longValue = fc.string({ unit: 'binary', minLength: windowBytes, maxLength: 300 }).filter(isWellFormed);
const bytes = fc.uint8Array({ maxLength: 3_000 });

function isWellFormed(text: string): boolean {
  return text.isWellFormed();
}

/** The text as it may be written, in each way that is looked for. */
const written: Record<string, (value: string, before: number) => string> = {
  raw: (value) => value,
  hex: (value) => Buffer.from(value).toString('hex'),
  base64: (value, before) => Buffer.from(`${'x'.repeat(before)}${value} and more`).toString('base64'),
  base64url: (value, before) => Buffer.from(`${'x'.repeat(before)}${value} and more`).toString('base64url'),
  'url-encoded': (value) => encodeURIComponent(value),
  'json-escaped': (value) => JSON.stringify({ value }),
};

test.each(Object.entries(written))('whatever the value and wherever it stands, it is found %s', (_, write) =>
  fc.assert(
    fc.property(
      longValue,
      bytes,
      bytes,
      fc.nat(50),
      fc.array(fc.integer({ min: 1, max: 700 })),
      (value, before, after, shift, cuts) => {
        const text = write(value, shift);
        const all = Buffer.concat([before, Buffer.from(text), after]);
        const scanner = createScanner(salt, fingerprintsOf(salt, { ...secret, value }));
        const pass = scanner.begin();
        let at = 0;
        for (const cut of [...cuts, all.length]) {
          pass.push(all.subarray(at, at + cut));
          at += cut;
        }
        const hits = pass.end();
        expect(hits.length).toBeGreaterThan(0);
        expect(hits).toEqual(scanner.scan(all));
        for (const { fingerprint, offset } of hits) {
          const seen = all.subarray(offset, offset + fingerprint.length).toString();
          expect(formsOf(value).map((form) => form.bytes.toString())).toContain(seen);
        }
      },
    ),
    { numRuns: 200 },
  ),
);

test('a value that lies across two blocks is found, with its line', () => {
  const value = 'a-value-that-is-looked-for';
  const scanner = createScanner(salt, fingerprintsOf(salt, { ...secret, value }));
  for (const lines of [1, 20_000, 21_845, 21_846, 40_000]) {
    const pass = scanner.begin();
    pass.push(Buffer.from('plain text\n'.repeat(lines)));
    pass.push(Buffer.from(`key=${value}\n${value}`));
    expect(pass.end()).toMatchObject([
      { fingerprint: { ...secret, form: 'raw' }, offset: lines * 11 + 4, line: lines + 1, times: 2 },
    ]);
  }
});

test('what is not there is not found', () =>
  fc.assert(
    fc.property(longValue, fc.uint8Array({ maxLength: 20_000 }), (value, noise) => {
      fc.pre(formsOf(value).every(({ bytes: form }) => Buffer.from(noise).indexOf(form) < 0));
      const scanner = createScanner(salt, fingerprintsOf(salt, { ...secret, value }));
      expect(scanner.scan(noise)).toEqual([]);
    }),
  ));

test('many values are looked for at once, and each is told apart', () => {
  const sought = Array.from({ length: 300 }, (_, index) => ({
    secretId: String(index),
    version: 1,
    value: `sk-ant-api03-${index}-${'x'.repeat(index % 40)}`,
  }));
  const scanner = createScanner(
    salt,
    sought.flatMap((one) => fingerprintsOf(salt, one)),
  );
  const hits = scanner.scan(Buffer.from(sought.map(({ value }) => `${value};`).join('\n')));
  expect(
    new Set(hits.filter(({ fingerprint }) => fingerprint.form === 'raw').map((hit) => hit.fingerprint.secretId)),
  ).toEqual(new Set(sought.map(({ secretId }) => secretId)));
});

test('a short value is looked for in its longer forms, and told to be short', () => {
  expect(isTooShort('abcdefgh')).toBe(true);
  expect(new Set(fingerprintsOf(salt, { ...secret, value: 'abcdefgh' }).map(({ form }) => form))).toEqual(
    new Set(['hex']),
  );
  expect(fingerprintsOf(salt, { ...secret, value: 'abc' })).toEqual([]);
});

test('a fingerprint says nothing of the value, and is another with another salt', () => {
  const value = 'a-value-that-is-looked-for';
  const some = fingerprintsOf(salt, { ...secret, value });
  const others = fingerprintsOf('another-salt-that-is-long', { ...secret, value });
  expect(JSON.stringify(some)).not.toContain(value);
  expect(some.map(({ weak }) => weak)).not.toEqual(others.map(({ weak }) => weak));
  expect(some.map(({ strong }) => strong)).not.toEqual(others.map(({ strong }) => strong));
});
