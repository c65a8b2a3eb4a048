import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findTemplate } from './find-template.ts';

export const deleteTemplate = cliCommand({
  usage: 'template delete <template>',
  summary: 'Delete a template; bots made from it keep what they have',
  input: z.object({ template: z.string() }),
  async run({ client }, { template }) {
    const { id, name } = await findTemplate(client, template);
    await client.templates.delete({ templateId: id });
    return { name };
  },
  show: ({ name }) => `The template ${name} is deleted.`,
});
