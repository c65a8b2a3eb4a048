import '../support/tell-cpu.ts';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** The peer: a WebSocket server that parses what it gets, lets everyone in at once, and keeps nothing. */
const http = createServer();
const server = new WebSocketServer({ server: http, perMessageDeflate: false });
const hello = { linkVersion: 1, linkVersionMin: 1, nonce: 'x'.repeat(43), copy: { id: crypto.randomUUID(), epoch: 1 } };
type Told = { type: string; id: string; event?: string; payload?: { epoch: number; items: { sequence: number }[] } };
server.on('connection', (socket) => {
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Told;
    // What is counted is acknowledged, as if it had been kept.
    if (frame.event === 'telemetry' && frame.payload) {
      const { epoch, items } = frame.payload;
      socket.send(JSON.stringify({ type: 'ack', epoch, sequence: items.at(-1)?.sequence }));
    }
    if (frame.type === 'req')
      socket.send(JSON.stringify({ type: 'res', id: frame.id, result: { epoch: 1, heartbeatMs: 10_000 } }));
  });
  socket.on('error', () => undefined);
  socket.send(JSON.stringify({ type: 'event', event: 'hello', payload: hello }));
});
http.listen(Number(process.env['CLAWSTER_PORT'] ?? 0), '127.0.0.1');
await once(http, 'listening');
process.on('disconnect', () => process.exit(0)).on('SIGTERM', () => process.exit(0));
process.send?.({ type: 'ready', url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` });
