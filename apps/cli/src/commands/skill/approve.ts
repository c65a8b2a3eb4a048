import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findSkill } from './find-skill.ts';

export const approve = cliCommand({
  usage: 'skill approve <skill>',
  summary: 'Let bots use a skill that its scan held back',
  options: [['--reason <text>', 'why it may be used']],
  input: z.object({ skill: z.string(), reason: z.string('Say why it may be used: --reason <text>') }),
  async run({ client }, { skill, reason }) {
    const { name, digest } = await findSkill(client, skill);
    return client.skills.approve({ name, digest, reason });
  },
  show: ({ name }) => `Bots may use ${name} from now on.`,
});
