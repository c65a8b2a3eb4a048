import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { BotFolder } from '../gateway/folder.ts';

const text = '#!/bin/sh\necho "There is no npm on this host" >&2\nexit 1\n';

/**
 * For hosts without npm, of which this one is the last that is looked for. OpenClaw asks it about each plugin at a start:
 * it takes no for an answer, and does not start where there is nobody to ask.
 */
export async function placeNoNpm({ programs }: Pick<BotFolder, 'programs'>): Promise<void> {
  await mkdir(programs, { recursive: true, mode: 0o700 });
  await writeFileAtomic(join(programs, 'npm'), text, { mode: 0o700 });
}
