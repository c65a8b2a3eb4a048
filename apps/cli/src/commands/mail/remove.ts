import { z } from 'zod';
import { cliCommand } from '../../command.ts';

export const remove = cliCommand({
  usage: 'mail remove',
  summary: 'Remove the mail server: nothing is mailed any more',
  input: z.object({}),
  run: ({ client }) => client.mail.remove({}),
  show: () => 'The mail server is removed. Mails that wait go on waiting for another.',
});
