import { setTimeout as sleep } from 'node:timers/promises';
import Docker from 'dockerode';

/** Waits for a node's engine, as after its start. */
export async function untilAnswers(socket: string): Promise<void> {
  const engine = new Docker({ socketPath: socket });
  for (const until = Date.now() + 60_000; ; await sleep(200)) {
    const answered = await engine.ping().then(
      () => true,
      () => false,
    );
    if (answered) return;
    if (Date.now() > until) throw new Error(`the engine at ${socket} did not answer within a minute`);
  }
}
