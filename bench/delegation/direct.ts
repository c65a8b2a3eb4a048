import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { bundle } from '../support/bundle.ts';
import { serve } from '../support/served.ts';

/** Two bots of a pair over a bare relay: one asks, the other answers at once. */
export type Direct = AsyncDisposable & { ask(pair: number, text: string): Promise<void> };

export async function startDirect(pairs: number): Promise<Direct> {
  const relay = await serve(await bundle(join(import.meta.dirname, 'bare-relay.ts')));
  const url = relay.url.href.replace(/^http/, 'ws');
  const waiting = new Map<string, () => void>();
  const dial = async (name: string, answers: boolean) => {
    const socket = new WebSocket(`${url}${name}`, { perMessageDeflate: false });
    await once(socket, 'open');
    socket.on('message', (data: Buffer) => {
      const { id } = JSON.parse(data.toString()) as { id: string };
      if (answers) return socket.send(JSON.stringify({ type: 'res', id, result: { text: 'Done' } }));
      waiting.get(id)?.();
      waiting.delete(id);
    });
    return socket;
  };
  const askers: WebSocket[] = [];
  const all: WebSocket[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    all.push(await dial(`answers-${pair}`, true));
    askers.push(await dial(`asks-${pair}`, false));
  }
  return {
    ask(pair, text) {
      const id = randomUUID();
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        askers[pair]?.send(JSON.stringify({ type: 'req', id, to: `answers-${pair}`, params: { text } }));
      });
    },
    async [Symbol.asyncDispose]() {
      for (const socket of [...all, ...askers]) socket.terminate();
      await relay.stop();
    },
  };
}
