import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Identity } from '../../apps/server/src/seed/stand-in-supervisor.ts';
import type { Answer, Order } from './dialer.ts';

/** Stand-in supervisors in processes of their own, so that their work is nobody else's. */
export type Dialers = AsyncDisposable & {
  /** Has all of them do something, and resolves when all have, with how long each batch of telemetry waited. */
  order(order: Order): Promise<number[]>;
  /** Resolves once every one is linked. */
  allLinked(): Promise<void>;
};

/** More sockets than this from one address, or in one process, and limits are met. */
const perProcessMax = 2_500;

export async function startDialers(url: URL, botIds: string[], identity: Identity): Promise<Dialers> {
  const children: ChildProcess[] = [];
  const privateKey = identity.privateKey.export({ type: 'pkcs8', format: 'pem' });
  for (let from = 0; from < botIds.length; from += perProcessMax) {
    const child = fork(join(import.meta.dirname, 'dialer.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    children.push(child);
    const localAddress = `127.0.0.${2 + children.length}`;
    const mine = botIds.slice(from, from + perProcessMax);
    child.send({ do: 'begin', url: url.href, botIds: mine, publicKey: identity.publicKey, privateKey, localAddress });
  }
  const all = (order: Order) => Promise.all(children.map((child) => obey(child, order))).then((waits) => waits.flat());
  return {
    order: all,
    allLinked: () => all({ do: 'tell-when-linked' }).then(() => undefined),
    async [Symbol.asyncDispose]() {
      await Promise.all(
        children.map((child) => {
          const gone = new Promise((resolve) => child.once('exit', resolve));
          child.kill('SIGKILL');
          return gone;
        }),
      );
    },
  };
}

function obey(child: ChildProcess, order: Order): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`A process of dialers ended with exit code ${code}`));
    child.once('exit', ended);
    child.once('message', (answer: Answer) => {
      child.off('exit', ended);
      if (answer.trouble) reject(new Error(answer.trouble));
      else resolve(answer.waitsMs ?? []);
    });
    child.send(order);
  });
}
