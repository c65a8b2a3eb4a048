import { EgressHost } from '@clawster/contract/egress';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { egressOf } from './egress-of.ts';
import { admits, isNamed, placeOf } from './place.ts';

describe('the place of a URL', () => {
  test.each([
    ['https://api.openai.com/v1', 'api.openai.com:443'],
    ['https://API.OpenAI.com:8443/v1', 'api.openai.com:8443'],
    ['http://ollama:11434/v1', 'ollama:11434'],
    ['wss://bücher.example/link', 'xn--bcher-kva.example:443'],
    ['https://api.example.com./v1', 'api.example.com:443'],
    ['http://2130706433/', '127.0.0.1:80'],
    ['http://[::1]:4500', '[::1]:4500'],
    ['https://user:pass@api.example.com', 'api.example.com:443'],
    ['ftp://api.example.com', undefined],
    ['file:///etc/passwd', undefined],
    ['not a URL', undefined],
    ['', undefined],
  ])('%s is %s', (url, place) => expect(placeOf(url)).toBe(place));
});

describe('a host that a layer names', () => {
  test.each(['api.example.com:443', '*.example.com:443', 'a.b.co:1', 'xn--bcher-kva.example:65535'])(
    '%s can be named',
    (host) => expect(EgressHost.safeParse(host).success).toBe(true),
  );
  test.each([
    'api.example.com',
    'API.example.com:443',
    'api.example.com.:443',
    'bücher.example:443',
    'https://api.example.com:443',
    'api.example.com:443/path',
    'user@api.example.com:443',
    'api.example.com:0',
    'api.example.com:65536',
    'api.example.com:0443',
    'localhost:4500',
    '127.0.0.1:80',
    '1.1.1.1:443',
    '127.1:80',
    '0x7f.0.0.1:80',
    '[::1]:80',
    '*:443',
    '*.com:443',
    '*.*.example.com:443',
    'api.*.com:443',
    'a*.example.com:443',
    '**.example.com:443',
    '.example.com:443',
    'api..example.com:443',
    '-api.example.com:443',
    'api-.example.com:443',
    'api_x.example.com:443',
    'api.example.com:443\n',
    ' api.example.com:443',
    '${HOST}.example.com:443',
    `${'a'.repeat(64)}.example.com:443`,
    '',
  ])('%j cannot be', (host) => expect(EgressHost.safeParse(host).success).toBe(false));
});

const egress = { allowed: ['api.example.com:443', '*.example.org:443'], inside: ['10.0.0.5:11434', 'ollama:11434'] };

describe('a list admits', () => {
  test.each([
    ['api.example.com:443', 'public'],
    ['API.Example.COM:443', 'public'],
    ['a.example.org:443', 'public'],
    ['a.b.example.org:443', 'public'],
    ['10.0.0.5:11434', 'any'],
    ['ollama:11434', 'any'],
  ] as const)('%s (%s)', (place, how) => expect(admits(egress, place)).toBe(how));
  test.each([
    'api.example.com:80',
    'api.example.com:0443',
    'api.example.com.:443',
    'xapi.example.com:443',
    'x.api.example.com:443',
    'example.org:443',
    '.example.org:443',
    '*.example.org:443x',
    'evil-example.org:443',
    'a.example.org.evil.test:443',
    'a.example.org:443:443',
    'evil.test/a.example.org:443',
    'evil.test#a.example.org:443',
    'evil.test\\.example.org:443',
    'evil.test@a.example.org:443',
    'evil.test\u0000.example.org:443',
    '10.0.0.5.example.org.:443',
    '010.0.0.5:11434',
    '10.0.0.5:1143',
    '[::ffff:10.0.0.5]:11434',
    'olla\u212Aa:11434',
    '',
  ])('but not %j', (place) => expect(admits(egress, place)).toBeUndefined());

  test('never a star that is asked for', () => expect(admits(egress, '*.example.org:443')).toBeUndefined());
});

const label = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const host = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => [...labels, 'test'].join('.'));
const port = fc.integer({ min: 1, max: 65_535 });
const place = fc.tuple(host, port).map(([name, at]) => `${name}:${at}`);

test('whatever is asked, a list admits what it names and no more', () =>
  fc.assert(
    fc.property(fc.array(place), fc.oneof(place, fc.string()), (allowed, asked) => {
      const admitted = admits({ allowed, inside: [] }, asked);
      expect(admitted !== undefined).toBe(allowed.includes(asked.toLowerCase()));
    }),
  ));

test('what a wildcard admits is a name below it, at its port', () =>
  fc.assert(
    fc.property(place, fc.oneof(place, fc.string()), fc.string(), (below, asked, odd) => {
      const wild = { allowed: [`*.${below}`], inside: [] };
      for (const tried of [asked, `${odd}.${below}`, `${odd}${below}`]) {
        if (admits(wild, tried) === undefined) continue;
        expect(tried.toLowerCase().endsWith(`.${below}`)).toBe(true);
        expect(isNamed(tried.toLowerCase())).toBe(true);
      }
    }),
  ));

const none = { controlPlaneUrl: 'https://clawster.test', urls: [], ownUrls: [], channels: [], hosts: [] } as const;

describe('the list of a bot', () => {
  test('that has nothing is its control plane', () =>
    expect(egressOf({ ...none, allowPrivate: false })).toEqual({ allowed: [], inside: ['clawster.test:443'] }));

  test('is what it has, once each, and no more', () =>
    expect(
      egressOf({
        controlPlaneUrl: 'http://172.17.0.1:4500',
        urls: ['https://api.openai.com/v1', 'https://api.telegram.org', 'https://api.openai.com/v1'],
        ownUrls: ['http://ollama.lan:11434/v1'],
        channels: ['slack'],
        hosts: ['docs.example.com:443', '10.0.0.1:80', '*:443'],
        allowPrivate: true,
      }),
    ).toEqual({
      allowed: [
        '*.slack.com:443',
        'api.openai.com:443',
        'api.telegram.org:443',
        'docs.example.com:443',
        'slack.com:443',
      ],
      inside: ['172.17.0.1:4500', 'ollama.lan:11434'],
    }));

  test('keeps what the workspace runs itself to public addresses where the installation allows no others', () =>
    expect(egressOf({ ...none, ownUrls: ['https://models.example.com'], allowPrivate: false }).allowed).toEqual([
      'models.example.com:443',
    ]));

  test('admits every host that was named, whatever they are', () =>
    fc.assert(
      fc.property(fc.array(place), (hosts) => {
        const list = egressOf({ ...none, hosts, allowPrivate: false });
        expect(hosts.filter((one) => EgressHost.safeParse(one).success && !admits(list, one))).toEqual([]);
        expect(list.allowed.filter((one) => !hosts.includes(one))).toEqual([]);
      }),
    ));
});
