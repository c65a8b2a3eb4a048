import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Lets the parent ask this process for the CPU it used so far, all threads together, and for its memory when all that can go is gone. */
process.on('message', (message) => {
  if (message === 'cpu') {
    const { user, system } = process.cpuUsage();
    process.send?.({ type: 'cpu', microseconds: user + system });
  }
  if (message === 'memory') void tellMemory();
});

async function tellMemory(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { execution: 'async' }) => Promise<void>;
  for (let round = 0; round < 3; round += 1) await collect({ execution: 'async' });
  process.send?.({ type: 'memory', bytes: process.memoryUsage.rss() });
}
