import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { endedJob, jobSentence } from '../../watch-key-job.ts';

export const reencrypt = cliCommand({
  usage: 'key reencrypt',
  summary: 'Encrypt the secrets of the workspace anew, under a new data key',
  options: waitOptions,
  input: z.object(waitInput),
  run: async (context, waiting) => endedJob(context, await context.client.keys.reencrypt(), waiting),
  show: jobSentence,
});
