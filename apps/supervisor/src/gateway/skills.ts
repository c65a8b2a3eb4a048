import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { skillDigest } from '@clawster/link/skill-digest';
import type { SkillDelivery } from '@clawster/link/supervisor-methods';
import writeFileAtomic from 'write-file-atomic';

/**
 * Puts the bot's skills in place, each as it was pinned, and takes all others away: what lies in this folder is told to
 * the model, so nothing does that was not scanned. Returns the names of those that were different; refuses, before
 * anything is written, files that are not what their digest says.
 */
export async function writeSkills(workspace: string, skills: readonly SkillDelivery[]): Promise<string[]> {
  for (const { name, digest, files } of skills)
    if (skillDigest(files) !== digest) throw new Error(`The skill ${name} is not what its digest says`);
  const folder = join(workspace, 'skills');
  const wanted = new Map(skills.map((skill) => [skill.name, skill]));
  const changed: string[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    if (wanted.has(name)) continue;
    await rm(join(folder, name), { recursive: true, force: true });
    changed.push(name);
  }
  for (const skill of skills) {
    if ((await digestOf(join(folder, skill.name))) === skill.digest) continue;
    await writeSkill(join(folder, skill.name), skill.files);
    changed.push(skill.name);
  }
  return changed;
}

async function writeSkill(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFileAtomic(file, text, { mode: 0o600 });
  }
}

/** Of what lies there; undefined where nothing does. A link or anything else that is no file makes it another. */
async function digestOf(folder: string): Promise<string | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (!entries) return undefined;
  const others = entries.filter((entry) => !entry.isDirectory());
  if (others.some((entry) => !entry.isFile())) return 'not files alone';
  const read = others.map(async (entry) => {
    const file = join(entry.parentPath, entry.name);
    return [file.slice(folder.length + 1), await readFile(file, 'utf8')] as const;
  });
  return skillDigest(Object.fromEntries(await Promise.all(read)));
}
