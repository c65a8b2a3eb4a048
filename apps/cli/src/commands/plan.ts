import { z } from 'zod';
import { cliCommand } from '../command.ts';
import { readManifests } from '../manifest/files.ts';
import { sayPlan } from '../manifest/plan-text.ts';

export const plan = cliCommand({
  usage: 'plan',
  summary: 'Show what would be done so that the workspace is as files say; nothing is changed',
  options: [
    ['-f, --file <folder>', 'the folder of the files (clawster)'],
    ['--prune', 'with what no file names deleted'],
  ],
  input: z.object({ file: z.string().default('clawster'), prune: z.boolean().default(false) }),
  run: async ({ client }, { file, prune }) => client.manifests.plan({ items: await readManifests(file), prune }),
  show: sayPlan,
});
