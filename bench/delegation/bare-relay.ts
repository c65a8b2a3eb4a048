import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/** The peer: passes each question on to the bot whose name is in the path of its connection, and the answer back; decides and keeps nothing. */
type Frame = { type: 'req' | 'res'; id: string; to?: string };
const http = createServer();
const server = new WebSocketServer({ server: http, perMessageDeflate: false });
const bots = new Map<string, WebSocket>();
const askers = new Map<string, WebSocket>();
server.on('connection', (socket, { url = '' }) => {
  bots.set(url.slice(1), socket);
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Frame;
    if (frame.type === 'req') {
      askers.set(frame.id, socket);
      bots.get(frame.to ?? '')?.send(JSON.stringify(frame));
    } else {
      askers.get(frame.id)?.send(JSON.stringify(frame));
      askers.delete(frame.id);
    }
  });
});
http.listen(0, '127.0.0.1');
await once(http, 'listening');
process.on('disconnect', () => process.exit(0)).on('SIGTERM', () => process.exit(0));
process.send?.({ type: 'ready', url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` });
