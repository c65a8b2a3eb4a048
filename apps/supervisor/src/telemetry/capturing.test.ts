import type { Capture } from '@clawster/link/span';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { capturing } from './capturing.ts';
import { maskPrivate } from './mask-private.ts';

const policy = (change: Partial<Capture>): Capture => ({
  mode: 'redacted',
  people: 'pseudonyms',
  pseudonymKey: 'a key of the workspace',
  ...change,
});

test.each([
  ['an e-mail address', 'write to ada.lovelace+x@mail.example.org.', 'write to [e-mail].'],
  ['a phone number', 'call +43 (0)664 123-45 67!', 'call [phone number]!'],
  ['a card number', 'card 4111 1111 1111 1111, please', 'card [card number], please'],
  ['an IBAN', 'to AT61 1904 3002 3457 3201 and soon', 'to [IBAN] and soon'],
  ['an IBAN with letters', 'GB29NWBK60161331926819', '[IBAN]'],
  ['an IP address', 'from 10.0.0.1 or fe80::1:2', 'from [IP address] or [IP address]'],
  ['a key', 'it is sk-ant-api03-abcdefghijklmnop', 'it is [key]'],
  ['a password that is said so', 'password: hunter2 ok', 'password: [key] ok'],
  ['a private key', 'x -----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY----- y', 'x [key] y'],
  ['no date, time, or small number', 'on 2026-11-27 at 12:30:45, 3 of 12', 'on 2026-11-27 at 12:30:45, 3 of 12'],
])('%s is masked by its name', (_, said, masked) => expect(maskPrivate(said)).toBe(masked));

const digits = (min: number, max: number) =>
  fc.array(fc.nat(9), { minLength: min, maxLength: max }).map((all) => all.join(''));
const word = fc.stringMatching(/^[a-z]{3,12}$/);
const personal = fc.oneof(
  fc.tuple(word, word, word).map(([name, host, end]) => `${name}.x@${host}.${end}`),
  digits(8, 11).map((all) => `+43${all}`),
  digits(9, 9).map((all) => `0664 ${all.slice(0, 3)} ${all.slice(3)}`),
  digits(15, 15).map(withLuhn),
  digits(16, 16).map(austrianIban),
  fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => `10.${parts.join('.')}`),
  fc.stringMatching(/^[A-Za-z0-9]{24}$/).map((rest) => `sk-${rest}`),
  fc.stringMatching(/^[A-Za-z0-9]{30}$/).map((rest) => `ghp_${rest}`),
);

test('no personal value that was planted leaves in redacted mode', () => {
  const around = fc.string({ unit: fc.constantFrom(' ', '\n', 'word ', ', ', '("', '")', '. '), maxLength: 8 });
  fc.assert(
    fc.property(fc.array(fc.tuple(around, personal), { minLength: 1, maxLength: 6 }), around, (planted, end) => {
      const said = `${planted.map(([before, value]) => `${before} ${value}`).join(' ')} ${end}`;
      const { text, failure } = capturing(policy({}));
      for (const [, value] of planted) {
        expect(text(said)).not.toContain(value);
        expect(failure(said, 'It failed')).not.toContain(value);
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['letters', 'a'],
  ['at signs', 'a@'],
  ['at signs and dots', '@.a'],
  ['digits', '1'],
  ['digits with gaps', '1 '],
  ['digits and dashes', `1${'-'.repeat(500)}`],
  ['colons', ':'],
  ['beginnings of tokens', 'eyJ'],
  ['beginnings of keys', 'sk-'],
  ['beginnings of private keys', '-----BEGIN PRIVATE KEY-----'],
  ['beginnings of IBANs', 'AT61'],
  ['words for a password', 'password '],
  ['numbers in groups', '1.1.1.'],
])('a megabyte of %s is masked within a tenth of a second', (_, unit) => {
  const hostile = unit.repeat(Math.ceil(1_000_000 / unit.length));
  maskPrivate(hostile.slice(0, 10_000));
  const best = Math.min(...[1, 2, 3].map(() => timed(() => maskPrivate(hostile))));
  expect(best).toBeLessThan(100);
});

test('metadata and off say nothing of what was said; full says it as it was, up to a bound', () => {
  for (const mode of ['off', 'metadata'] as const) {
    const { text, failure } = capturing(policy({ mode }));
    expect([text('hello'), failure('hello', 'It failed')]).toEqual([undefined, 'It failed']);
  }
  const { text } = capturing(policy({ mode: 'full' }));
  expect([text('a@b.example'), text('x'.repeat(40_000))?.length]).toEqual(['a@b.example', 32_000]);
  expect(capturing(policy({})).text('x'.repeat(40_000))?.length).toBe(8_000);
});

test('a person has one pseudonym in a workspace, which also stands in the name of the conversation', () => {
  const ada = { channel: 'whatsapp', id: '+43664123456', name: 'Ada' };
  const { person, session } = capturing(policy({}));
  const id = person(ada)?.id ?? '';
  expect(id).toMatch(/^person-[\w-]{10}$/);
  expect(person(ada)).toEqual({ id });
  expect(session('agent:main:whatsapp:direct:+43664123456')).toBe(`agent:main:whatsapp:direct:${id}`);
  expect(session('agent:main:clawster:one')).toBe('agent:main:clawster:one');
  expect(capturing(policy({ pseudonymKey: 'another' })).person(ada)?.id).not.toBe(id);
  expect(capturing(policy({ pseudonymKey: '' })).person(ada)).toBeUndefined();
});

test('names are told where the workspace keeps them; off tells nothing whose it was', () => {
  const ada = { channel: 'telegram', id: '42', name: 'Ada' };
  const named = capturing(policy({ mode: 'metadata', people: 'names' }));
  expect(named.person(ada)).toEqual({ id: '42', name: 'Ada' });
  expect(named.session('agent:main:telegram:direct:42')).toBe('agent:main:telegram:direct:42');
  const off = capturing(policy({ mode: 'off', people: 'names' }));
  expect([off.person(ada), off.session('agent:main:telegram:direct:42')]).toEqual([undefined, undefined]);
});

function timed(run: () => void): number {
  // Of this process alone: others may have the processor.
  const since = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}

function withLuhn(body: string): string {
  const sum = body
    .split('')
    .toReversed()
    .map(Number)
    .reduce((all, digit, place) => all + (place % 2 === 1 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0);
  return body + ((10 - (sum % 10)) % 10);
}

function austrianIban(account: string): string {
  const check = 98n - (BigInt(`${account}102900`) % 97n);
  return `AT${String(check).padStart(2, '0')}${account}`;
}

test('the same arguments have the same digest, which says nothing of them without the key of the workspace', () => {
  const digestOf = (said: string, change = {}) => capturing(policy(change)).digest(said);
  expect(digestOf('{"path":"a"}')).toBe(digestOf('{"path":"a"}'));
  expect(digestOf('{"path":"a"}')).not.toBe(digestOf('{"path":"b"}'));
  expect(digestOf('{"path":"a"}')).not.toBe(digestOf('{"path":"a"}', { pseudonymKey: 'another' }));
  expect(digestOf('{"path":"a"}', { pseudonymKey: '' })).toBeUndefined();
});
