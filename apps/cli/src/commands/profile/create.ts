import { labelsOf, Selector } from '@clawster/contract/label';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { sayImpact } from '../../impact-text.ts';
import { readSettings, settingsOption } from '../../settings-option.ts';

export const create = cliCommand({
  usage: 'profile create <name>',
  summary: 'Make a profile; bots with its labels have it at once',
  options: [
    settingsOption,
    ['--labels <labels>', 'the bots that have it without naming it, such as team=support'],
    ['--priority <number>', 'of profiles by labels, a higher one is above (100)'],
    ['--lock <path...>', 'what no layer above may change, such as openclaw.tools.allow'],
    ['--description <text>', 'what it is for'],
    ['--dry-run', 'show which bots would change, and change nothing'],
  ],
  input: z.object({
    name: z.string(),
    settings: z.string('Say what it says, see --help'),
    labels: Selector.optional(),
    priority: z.coerce.number().optional(),
    lock: z.array(z.string()).default([]),
    description: z.string().optional(),
    dryRun: z.boolean().default(false),
  }),
  async run({ client }, { name, settings, labels, lock, priority, description, dryRun }) {
    const change = {
      name,
      priority,
      description,
      locked: lock,
      settings: await readSettings(settings),
      ...(labels ? { selector: labelsOf(labels) } : {}),
    };
    if (dryRun) return { impact: await client.configurations.preview({ proposed: { kind: 'new-profile', change } }) };
    return { profile: await client.profiles.create(change) };
  },
  show({ impact, profile }) {
    if (impact) return sayImpact(impact);
    return `The profile ${profile?.name} is there; ${profile?.botCount} bots have it.`;
  },
});
