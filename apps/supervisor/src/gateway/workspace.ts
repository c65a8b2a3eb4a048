import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

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
    const present = await readFile(path, 'utf8').catch(() => undefined);
    if (wanted === present) continue;
    changed.push(name);
    if (wanted === undefined) await rm(path, { force: true });
    else await writeFileAtomic(path, wanted, { mode: 0o600 });
  }
  return changed;
}
