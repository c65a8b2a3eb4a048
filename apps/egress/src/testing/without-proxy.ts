import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { place } from './network.ts';
import { proxy } from './wire.ts';

const addresses = [
  place.allowed,
  place.evil,
  place.link,
  place.inside,
  place.proxyOutward,
  place.proxyForOther,
  '1.1.1.1',
];
const addressesV6 = [place.outsideV6, '2606:4700:4700::1111', '2600:15::1', 'fd16::1'];
const ports = [22, 25, 53, 80, 443, 853, 4500, 8443];
const waitMs = 600;

/** Goes straight to where everything would be, past the proxy; answers what was tried and what answered. */
export async function goWithoutProxy(): Promise<{ tried: number; letIn: string[] }> {
  const tcp = [...addresses, ...addressesV6, proxy].flatMap((host) =>
    ports.map(async (port) => ((await answers(host, port)) ? `tcp ${host}:${port}` : undefined)),
  );
  const udp = [...addresses, proxy].flatMap((host) => [53, 123, 443, 8443].map((port) => send('udp4', host, port)));
  const udpV6 = addressesV6.flatMap((host) => [53, 443].map((port) => send('udp6', host, port)));
  const all = await Promise.all([...tcp, ...udp, ...udpV6]);
  return { tried: all.length, letIn: all.filter((one) => one !== undefined) };
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.setTimeout(waitMs, () => end(false));
    socket.on('connect', () => end(true)).on('error', () => end(false));
  });
}

/** A question as DNS has it, which a QUIC server would answer as well as it could. */
function send(type: 'udp4' | 'udp6', host: string, port: number): Promise<string | undefined> {
  const question = Buffer.from('001201000001000000000000046576696c076578616d706c650000010001', 'hex');
  return new Promise((resolve) => {
    const socket = createSocket(type);
    const end = (answer?: string) => {
      socket.close();
      resolve(answer);
    };
    const timer = setTimeout(end, waitMs);
    const ended = (answer?: string) => {
      clearTimeout(timer);
      end(answer);
    };
    socket.once('message', () => ended(`udp ${host}:${port}`)).once('error', () => ended());
    // Where there is no route, nothing leaves.
    socket.send(question, port, host, (error) => error && ended());
  });
}
