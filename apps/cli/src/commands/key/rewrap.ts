import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { endedJob, jobSentence } from '../../watch-key-job.ts';

export const rewrap = cliCommand({
  usage: 'key rewrap',
  summary: 'Wrap all data keys anew, under the current key',
  options: waitOptions,
  input: z.object(waitInput),
  run: async (context, waiting) => endedJob(context, await context.client.keys.rewrap(), waiting),
  show: jobSentence,
});
