import { aptInstall, firstThere } from './apt-get.ts';
import type { Place } from './run-checks.ts';

const tools = { strace: '/usr/bin/strace', faketime: '/usr/bin/faketime' };

/** Brings what makes disks and clocks fail, where that can be installed: without it those tests are skipped, and say so. */
export async function bringFaultTools(place: Place): Promise<void> {
  const missing: string[] = [];
  for (const [name, file] of Object.entries(tools)) if (!(await firstThere([file]))) missing.push(name);
  if (missing.length > 0 && !(await aptInstall(place, missing)))
    place.out.note(
      `Without ${missing.join(' and ')} some faults are skipped (Debian: apt-get install strace faketime)`,
    );
}
