import { createSocket } from 'node:dgram';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { addressesOf, askable } from './names.ts';
import { place } from './network.ts';

/**
 * All that a bot could reach if it got out: TCP and UDP on every address of the machine, each arrival told as a line.
 * `node outside.ts [host]`: on that address alone, without names, for what the proxy's machine keeps to itself.
 */
const host = process.argv[2] ?? '::';
const tell = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`);
const plain = (address = '') => address.replace(/^::ffff:/, '');

const expected = new Set([
  `${place.allowed}:443`,
  `${place.allowed}:80`,
  `${place.rebinding}:443`,
  `${place.rebinding}:80`,
  `${place.link}:4500`,
]);

function arrived(socket: Socket): void {
  const at = `${plain(socket.localAddress)}:${socket.localPort}`;
  if (!expected.has(at)) tell({ letIn: `tcp ${at}` });
  socket.on('error', () => {});
}

for (const port of [22, 25, 53, 443, 853, 4500, 8443])
  createServer((socket) => {
    arrived(socket);
    socket.on('data', () => socket.write('outside\n'));
  }).listen(port, host);

const http = createHttpServer((request, response) => {
  if (request.url?.includes('smuggled')) tell({ letIn: `smuggled ${request.url}` });
  if (/evil|proxy-authorization/i.test(request.rawHeaders.join(' ')))
    tell({ letIn: `header ${request.rawHeaders.join(' ')}` });
  request.resume().on('end', () => response.end('outside'));
});
http.on('connection', arrived).listen(80, host);

function onPacket(port: number): void {
  const socket = createSocket({ type: host === '::' ? 'udp6' : 'udp4', reuseAddr: true });
  socket.on('message', (message, from) => {
    const question = port === 53 && plain(from.address) === place.proxyOutward ? nameIn(message) : undefined;
    if (question === undefined) return tell({ letIn: `udp ${port} from ${from.address}` });
    if (!askable.has(question)) tell({ letIn: `a question about ${question}` });
    socket.send(answerTo(message, question), from.port, from.address);
  });
  socket.bind(port, host);
}
for (const port of [53, 123, 443, 4500, 8443]) onPacket(port);

function nameIn(message: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; message[at]; at += (message[at] ?? 0) + 1)
    labels.push(message.toString('latin1', at + 1, at + 1 + (message[at] ?? 0)));
  return labels.join('.').toLowerCase();
}

const asked = new Map<string, number>();

/** An answer in DNS's words: the question once more, and its addresses. Nothing has an IPv6 address. */
function answerTo(message: Buffer, name: string): Buffer {
  const end = message.indexOf(0, 12) + 5;
  const isForV4 = message.readUInt16BE(end - 4) === 1;
  const times = asked.get(name) ?? 0;
  if (isForV4) asked.set(name, times + 1);
  const turns = addressesOf[name] ?? [[place.evil]];
  const addresses = isForV4 ? (turns[times % turns.length] ?? []) : [];
  const head = Buffer.from(message.subarray(0, end));
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(addresses.length, 6);
  head.writeUInt32BE(0, 8);
  const records = addresses.map((address) =>
    Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]),
  );
  return Buffer.concat([head, ...records]);
}

tell({ ready: host });
