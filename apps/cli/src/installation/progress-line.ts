import type { World } from '../world.ts';

/** One line on a terminal that says how far it is; nothing elsewhere, where lines would only pile up. */
export function progressLine(world: World) {
  const live = Boolean(world.stderr.isTTY);
  return {
    show: (text: string) => void (live && world.stderr.write(`\r\u001b[K${text}`)),
    clear: () => void (live && world.stderr.write('\r\u001b[K')),
  };
}
