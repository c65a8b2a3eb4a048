import { createSocket } from 'node:dgram';
import { connect as connectTcp, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { connect as connectTls } from 'node:tls';
import type { AuditSinkPlace } from '@clawster/contract/audit-sink';
import { allowedAddress } from '@clawster/outward/address';

type Syslog = Extract<AuditSinkPlace, { kind: 'syslog' }>;
type Options = { allowPrivate: boolean; timeoutMs: number };

/** Facility 13 is the log audit, severity 5 a notice (RFC 5424, 6.2.1). */
const priority = 13 * 8 + 5;

/** Sends one message to a syslog server: octet-counted over TCP and TLS (RFC 6587, 5425), as a datagram over UDP (RFC 5426). */
export async function sendSyslog(place: Syslog, text: string, options: Options): Promise<void> {
  const line = `<${priority}>1 ${new Date().toISOString()} ${hostname()} clawster - checkpoint - ${text}`;
  const address = await allowedAddress(place.host, options);
  if (place.transport === 'udp') return sendDatagram(line, address, place.port);
  return sendOver(dial(place, address), `${Buffer.byteLength(line)} ${line}`, options.timeoutMs);
}

function dial({ host, port, transport }: Syslog, address: string): Socket {
  return transport === 'tls'
    ? connectTls({ host: address, port, servername: host })
    : connectTcp({ host: address, port });
}

function sendOver(socket: Socket, text: string, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error('no answer in time')));
    socket.once('error', reject);
    // Taken when the server has closed its side too: until then it may be lost on the way.
    socket.once('close', (hadError) => (hadError ? undefined : resolve()));
    socket.resume();
    socket.end(text);
  });
}

function sendDatagram(text: string, address: string, port: number): Promise<void> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  return new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.send(text, port, address, (error) => (error ? reject(error) : resolve()));
  }).finally(() => socket.close());
}
