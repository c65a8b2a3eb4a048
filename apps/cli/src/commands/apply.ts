import { z } from 'zod';
import { cliCommand } from '../command.ts';
import { CliRefusal, exitCodes } from '../failure.ts';
import { readManifests } from '../manifest/files.ts';
import { sayPlan } from '../manifest/plan-text.ts';

export const apply = cliCommand({
  usage: 'apply',
  summary: 'Make the workspace as files say, all of it or nothing',
  options: [
    ['-f, --file <folder>', 'the folder of the files (clawster)'],
    ['--prune', 'delete what no file names; bots keep their state for 7 days'],
    ['--plan <id>', 'do just the plan that was shown (its id is in: clawster plan --json), or nothing'],
  ],
  input: z.object({
    file: z.string().default('clawster'),
    prune: z.boolean().default(false),
    plan: z.string().optional(),
  }),
  async run({ client }, { file, prune, plan }) {
    const items = await readManifests(file);
    // A folder that was mistyped, or checked out empty, must not take everything away.
    if (prune && items.length === 0)
      throw new CliRefusal(`There are no files in ${file}: with --prune everything would be deleted.`, exitCodes.usage);
    return client.manifests.apply({ items, prune, planId: plan });
  },
  show: (done) => (done.steps.length === 0 ? sayPlan(done) : `${sayPlan(done)}\nDone.`),
});
