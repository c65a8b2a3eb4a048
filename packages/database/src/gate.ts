import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseTrouble } from './trouble.ts';

/** While a server does not answer, nobody waits for it: asked once a second, it opens the gate again by answering. */
export type Gate = {
  /** Throws a DatabaseTrouble while the gate is shut. */
  enter(): void;
  shut(): void;
  isShut(): boolean;
  /** How often it was shut: what was opened before the last time may lead to a server that is no more. */
  times(): number;
  close(): void;
};

const probeEveryMs = 1_000;

export function createGate(probe: () => Promise<void>, onChange: (isShut: boolean) => void): Gate {
  const closed = new AbortController();
  let isShut = false;
  let times = 0;

  async function untilAnswered(): Promise<void> {
    while (!closed.signal.aborted) {
      await sleep(probeEveryMs, undefined, { signal: closed.signal, ref: false }).catch(() => undefined);
      const answered = await probe().then(
        () => true,
        () => false,
      );
      if (answered) break;
    }
    isShut = false;
    if (!closed.signal.aborted) onChange(false);
  }

  return {
    enter() {
      if (isShut) throw new DatabaseTrouble('PostgreSQL does not answer');
    },
    shut() {
      if (isShut || closed.signal.aborted) return;
      isShut = true;
      times += 1;
      onChange(true);
      void untilAnswered();
    },
    isShut: () => isShut,
    times: () => times,
    close: () => closed.abort(),
  };
}
