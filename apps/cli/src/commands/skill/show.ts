import type { SkillFinding } from '@clawster/contract/skill';
import { pinOf } from '@clawster/domain/skill/pin';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findSkill } from './find-skill.ts';

export const show = cliCommand({
  usage: 'skill show <skill>',
  summary: 'Show a version of a skill: what its scan found, and its files',
  input: z.object({ skill: z.string() }),
  async run({ client }, { skill }) {
    const { name, digest } = await findSkill(client, skill);
    return client.skills.get({ name, digest });
  },
  show: (skill) =>
    [
      `${pinOf(skill)} (${skill.status === 'held' ? 'held back' : 'ready'})`,
      ...skill.findings.map(sayFinding),
      ...Object.entries(skill.files).map(([path, text]) => `\n── ${path}\n${text.trimEnd()}`),
    ].join('\n'),
});

/** A finding in a line. */
export function sayFinding({ severity, file, line, message }: SkillFinding): string {
  return `${severity === 'danger' ? '!' : '·'} ${file}${line === undefined ? '' : `:${line}`}: ${message}`;
}
