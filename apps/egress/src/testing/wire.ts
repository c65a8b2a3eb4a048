import { connect } from 'node:net';
import { place } from './network.ts';

/** Where the proxy is: in the laboratory, or where this process was told. */
export const proxy = process.argv[4] ?? place.proxyForBot;

export type Answered = { status: number; text: string };

/** Who the bots are, for attacks: what each has to say who it is. */
export type Credentials = { own: string; other: string };

export const basic = (credential: string) => `Basic ${Buffer.from(credential).toString('base64')}`;

/** Says these bytes to the proxy, and takes what comes back until it hangs up or is silent. */
export function say(bytes: string | Buffer, { silentMs = 1_500 }: { silentMs?: number } = {}): Promise<Answered> {
  return new Promise((resolve) => {
    const socket = connect({ host: proxy, port: 3128 });
    let text = '';
    const done = () => {
      socket.destroy();
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text });
    };
    socket.setTimeout(silentMs, done);
    socket.on('error', done).on('close', done);
    socket.on('data', (data: Buffer) => {
      text += data.toString('latin1');
      // Told all that there is to tell: the rest is a way that is open.
      if (text.startsWith('HTTP/1.1 200 Connection')) done();
    });
    socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  });
}

/** As a client writes a host into bytes. */
const asBytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

export function connectTo(authority: string, headers: string[]): string {
  const to = asBytes(authority);
  return [`CONNECT ${to} HTTP/1.1`, `Host: ${to}`, ...headers, '', ''].join('\r\n');
}

export function get(url: string, headers: string[]): string {
  const to = asBytes(url);
  const host = /^[a-z]+:\/\/([^/?#]*)/i.exec(to)?.[1] ?? '';
  return [`GET ${to} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...headers, '', ''].join('\r\n');
}
