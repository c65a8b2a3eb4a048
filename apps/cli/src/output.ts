import { printable } from './printable.ts';
import type { World } from './world.ts';

type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold';
const codes: Record<Colour, [number, number]> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  dim: [2, 22],
  bold: [1, 22],
};

/** What it is given may hold what bots and people outside wrote: of control characters only line breaks, tabs and our colours get through. */
export type Output = {
  json: boolean;
  /** The result, to standard output. */
  print(text: string): void;
  /** Part of a line of the result. */
  write(text: string): void;
  /** What is going on, to standard error, so that results can be piped. */
  note(text: string): void;
  colour(colour: Colour, text: string): string;
};

export function createOutput(world: World, json: boolean): Output {
  const coloured = Boolean(world.stdout.isTTY) && !world.env['NO_COLOR'] && world.env['TERM'] !== 'dumb';
  return {
    json,
    print: (text) => void world.stdout.write(`${printable(text)}\n`),
    write: (text) => void world.stdout.write(printable(text)),
    note: (text) => void world.stderr.write(`${printable(text)}\n`),
    colour: (colour, text) => (coloured ? `\u001b[${codes[colour][0]}m${text}\u001b[${codes[colour][1]}m` : text),
  };
}

/** Columns as wide as their widest cell; says so when there is nothing. */
export function table(head: string[], rows: string[][], empty: string): string {
  if (rows.length === 0) return empty;
  const all = [head.map((title) => title.toUpperCase()), ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => visibleLength(row[column] ?? ''))));
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - visibleLength(cell)))
      .join('  ')
      .trimEnd();
  return all.map(line).join('\n');
}

function visibleLength(text: string): number {
  // eslint-disable-next-line no-control-regex -- the codes that colour() writes begin with ESC
  return text.replaceAll(/\u001b\[\d+m/g, '').length;
}

/** "5s", "3m", "2h", "4d": how long ago, in one word. */
export function ago(timestamp: string | undefined, nowMs = Date.now()): string {
  if (!timestamp) return '-';
  const seconds = Math.max(0, Math.round((nowMs - Date.parse(timestamp)) / 1000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
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
