import { pinOf } from '@clawster/domain/skill/pin';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findSkill } from './find-skill.ts';

export const deleteSkill = cliCommand({
  usage: 'skill delete <skill>',
  summary: 'Delete a version of a skill that no bot names',
  input: z.object({ skill: z.string() }),
  async run({ client }, { skill }) {
    const { name, digest } = await findSkill(client, skill);
    await client.skills.delete({ name, digest });
    return { name, digest };
  },
  show: (skill) => `${pinOf(skill).slice(0, 60)}… is deleted.`,
});
