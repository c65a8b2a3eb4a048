import { join } from 'node:path';
import { readOwn, writeOwn } from './own-file.ts';

const names = new Set(['AGENTS.md', 'SOUL.md', 'IDENTITY.md', 'USER.md']);

/**
 * Puts the bot's files in place and returns the names of those that were different: OpenClaw reads them anew at every
 * turn, so nothing needs a restart. A file the bot was not given is removed, or it would outlive the setting it came from.
 */
export async function writeWorkspaceFiles(workspace: string, files: Record<string, string>): Promise<string[]> {
  const changed: string[] = [];
  for (const name of names) {
    const path = join(workspace, name);
    const wanted = files[name];
    const found = await readOwn(path);
    if (wanted === undefined ? found.kind === 'absent' : found.kind === 'text' && found.text === wanted) continue;
    changed.push(name);
    await writeOwn(path, wanted);
  }
  return changed;
}
