import { access, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The clock on the wall of one process, which jumps while the process runs; how long things take stays true. */
export type FakeClock = { environment: Record<string, string>; jump(hours: number): Promise<void> };

/** Debian's libfaketime, which it puts below a folder named after the machine; undefined where there is none. */
export async function fakeTimeLibrary(): Promise<string | undefined> {
  for (const name of await readdir('/usr/lib').catch(() => [])) {
    const file = join('/usr/lib', name, 'faketime', 'libfaketime.so.1');
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return undefined;
}

export function fakeClock(library: string, file: string): FakeClock {
  return {
    environment: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      NO_FAKE_STAT: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    },
    async jump(hours) {
      await writeFile(`${file}.new`, `${hours < 0 ? '-' : '+'}${Math.abs(hours)}h`);
      await rename(`${file}.new`, file);
    },
  };
}
