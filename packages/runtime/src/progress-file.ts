import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { InstallProgress } from './store.ts';

type Told = InstallProgress & { version: string };

/** Tells other processes how far the installation under way is. Synchronous: a few bytes, in order, some times a second at most. */
export function writeProgress(file: string, progress: Told): void {
  try {
    writeFileSync(`${file}.partial`, JSON.stringify(progress));
    renameSync(`${file}.partial`, file);
  } catch (error) {
    // On a full disk the installation itself says so, and better.
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

export function readProgress(file: string): Told | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Told;
  } catch {
    return undefined;
  }
}
