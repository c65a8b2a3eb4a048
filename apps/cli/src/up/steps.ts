import type { Output } from '../output.ts';
import type { World } from '../world.ts';

export type Steps = { run<Result>(label: string, work: () => Promise<Result>): Promise<Result> };

/** Shows what is being done and for how long: a line that counts on a terminal, a line at its begin and end elsewhere. */
export function createSteps(world: World, out: Output): Steps {
  const live = Boolean(world.stderr.isTTY);
  return {
    async run(label, work) {
      const startedMs = Date.now();
      const seconds = (digits: number) => ((Date.now() - startedMs) / 1000).toFixed(digits);
      const show = () => void world.stderr.write(`\r${label} … ${seconds(0)} s `);
      if (!live) out.note(`${label} …`);
      else show();
      const timer = live ? setInterval(show, 500) : undefined;
      try {
        const result = await work();
        clear();
        out.note(`${out.colour('green', '✓')} ${label} (${seconds(1)} s)`);
        return result;
      } catch (error) {
        clear();
        out.note(`${out.colour('red', '✗')} ${label} failed after ${seconds(1)} s`);
        throw error;
      }
      function clear(): void {
        clearInterval(timer);
        if (live) world.stderr.write('\r\u001b[K');
      }
    },
  };
}
