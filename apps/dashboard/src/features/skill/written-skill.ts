import { SkillFiles, skillCharactersMax, skillFilesMax, SkillName } from '@clawster/contract/skill';
import { whyNotSkill } from '@clawster/domain/skill/scan';
import { count } from '../../lib/time.ts';

/** A version of a skill that is being written. */
export type WrittenSkill = {
  name: string;
  /** SKILL.md; undefined until someone has touched it. */
  text: string | undefined;
  /** All other files. */
  others: Record<string, string>;
};

export const mainFile = 'SKILL.md';

/** The files as they would be sent: with a SKILL.md to begin from where none was written yet. */
export function filesOf({ name, text, others }: WrittenSkill): Record<string, string> {
  return { [mainFile]: text ?? beginning(name), ...others };
}

/** With the files that were chosen beside those there are; a whole folder takes their place, and names a skill that has no name yet. */
export function withFiles(
  { name, text, others }: WrittenSkill,
  { folder, files }: { folder?: string; files: Record<string, string> },
): WrittenSkill {
  const { [mainFile]: chosen, ...rest } = files;
  const isName = SkillName.safeParse(folder).success;
  return {
    name: name === '' && folder && isName ? folder : name,
    text: chosen ?? text,
    others: folder ? rest : { ...others, ...rest },
  };
}

/** Why it cannot be sent yet, by the rules of the server; undefined when it can. */
export function whyNotYet(written: WrittenSkill): string | undefined {
  const files = filesOf(written);
  const refused = SkillName.safeParse(written.name).error ?? SkillFiles.safeParse(files).error;
  return refused ? refused.issues[0]?.message : whyNotSkill(written.name, files);
}

/** "3 of 40 files, 1,200 of 256,000 characters". */
export function saySize(written: WrittenSkill): string {
  const texts = Object.values(filesOf(written));
  const characters = texts.reduce((sum, { length }) => sum + length, 0);
  return `${texts.length} of ${count(skillFilesMax, 'file')}, ${characters.toLocaleString('en')} of ${count(skillCharactersMax, 'character')}`;
}

function beginning(name: string): string {
  return `---\nname: ${name}\ndescription: \n---\n\n`;
}
