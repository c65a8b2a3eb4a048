import { watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const lookMs = 500;

/** Calls with each text that a file has, the first one at once; none is called for while there is no file. */
export function followFile(file: string, onText: (text: string) => void): void {
  const read = () => void readFile(file, 'utf8').then(onText, () => {});
  // By looking, which every kind of mount can do.
  watchFile(file, { interval: lookMs }, read);
  read();
}

/** Calls with each line that is not empty: the whole of the lists in one. */
export function followLines(input: Readable, onText: (text: string) => void): void {
  createInterface({ input }).on('line', (line) => void (line.trim() !== '' && onText(line)));
}
