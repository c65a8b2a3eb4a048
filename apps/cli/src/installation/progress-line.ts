import type { World } from '../world.ts';

/** One line on a terminal that says how far it is; nothing elsewhere, where lines would only pile up. */
export function progressLine(world: World) {
  const live = Boolean(world.stderr.isTTY);
  return {
    show: (text: string) => void (live && world.stderr.write(`\r\u001b[K${text}`)),
    clear: () => void (live && world.stderr.write('\r\u001b[K')),
  };
}

/** "34.2 MB", as people read sizes. */
export function sizeText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

export function countText(count: number): string {
  return count.toLocaleString('en');
}
