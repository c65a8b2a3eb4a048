// Stands for a control plane on a machine that a bot's engine knows by name: `node home.ts <name> <address> <certificate> <key>`
// answers every request with "home", by http and by https, tells its ports, and serves the name.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { startNameServer } from './name-server.ts';

const [name = '', address = '', certificate = '', key = ''] = process.argv.slice(2);
const answer = (_: unknown, response: ServerResponse) => void response.end('home');
const servers = {
  http: createHttpServer(answer),
  https: createHttpsServer({ key: readFileSync(key), cert: readFileSync(certificate) }, answer),
};
await startNameServer(name, address);
const ports: Record<string, number> = {};
for (const [protocol, server] of Object.entries(servers)) {
  server.listen(0, address);
  await once(server, 'listening');
  ports[protocol] = (server.address() as AddressInfo).port;
}
console.log(JSON.stringify(ports));
