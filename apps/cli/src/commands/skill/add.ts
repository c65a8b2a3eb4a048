import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { SkillFiles, skillFilesMax, SkillName } from '@clawster/contract/skill';
import { pinOf } from '@clawster/domain/skill/pin';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { sayFinding } from './show.ts';

export const add = cliCommand({
  usage: 'skill add <name> <folder>',
  summary: 'Add a skill, or a version of one, from a folder with a SKILL.md; it is scanned first',
  input: z.object({ name: SkillName, folder: z.string() }),
  run: async ({ client }, { name, folder }) =>
    client.skills.add({ name, files: SkillFiles.parse(await filesIn(folder)) }),
  show: (skill) =>
    [
      ...skill.findings.map(sayFinding),
      skill.status === 'held'
        ? `${skill.name} is held back: look at it, and let bots use it with: clawster skill approve ${skill.name} --reason <why>`
        : `${skill.name} is ready. Give it to bots in a layer: skills: [${pinOf(skill)}]`,
    ].join('\n'),
});

async function filesIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new CliRefusal(`The folder ${folder} cannot be read. Check its path.`, exitCodes.usage, { cause });
  });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  if (files.length > skillFilesMax)
    throw new CliRefusal(`${folder} has more than ${skillFilesMax} files: a skill is small.`, exitCodes.usage);
  const read = files.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    if ((await stat(path)).size > 1_000_000)
      throw new CliRefusal(`${path} is larger than 1 MB: a skill is small.`, exitCodes.usage);
    return [relative(folder, path).split(sep).join('/'), await readFile(path, 'utf8')] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}
