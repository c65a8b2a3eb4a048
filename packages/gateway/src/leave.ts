import type { WebSocket } from 'ws';

/** A peer that talks nonsense is not waited for long to say goodbye, and what it goes on to say is not read into memory. */
export function leave(socket: WebSocket, closeCode: number): void {
  socket.close(closeCode);
  // After the tick in which ws begins to read on and throw away.
  setImmediate(() => socket.pause());
  setTimeout(() => socket.terminate(), 1_000).unref();
}
