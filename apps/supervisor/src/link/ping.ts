import type WebSocket from 'ws';

/** Ends a connection on which the control plane is no longer felt. */
export function ping(socket: WebSocket, everyMs: number): { timer: NodeJS.Timeout; felt(): void } {
  // Pings are counted, not time: a machine so busy that this process stood still for a while has not lost the server.
  let unanswered = 0;
  const felt = () => {
    unanswered = 0;
  };
  socket.on('pong', felt);
  const timer = setInterval(() => {
    unanswered += 1;
    if (unanswered > 4) socket.terminate();
    else socket.ping();
  }, everyMs);
  return { timer, felt };
}
