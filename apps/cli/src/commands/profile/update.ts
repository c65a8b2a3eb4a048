import { labelsOf, Selector } from '@clawster/contract/label';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { sayImpact } from '../../impact-text.ts';
import { readSettings, settingsOption } from '../../settings-option.ts';
import { findProfile } from './find-profile.ts';

export const update = cliCommand({
  usage: 'profile update <profile>',
  summary: 'Change a profile; every bot that has it takes it over, unless one could not',
  options: [
    settingsOption,
    ['--name <name>', 'another name'],
    ['--labels <labels>', 'the bots that have it without naming it; an empty text takes the labels away'],
    ['--priority <number>', 'of profiles by labels, a higher one is above'],
    ['--lock <path...>', 'what no layer above may change'],
    ['--description <text>', 'what it is for'],
    ['--reason <text>', 'why, kept with the revision of each bot'],
    ['--dry-run', 'show which bots would change, and change nothing'],
  ],
  input: z.object({
    profile: z.string(),
    settings: z.string().optional(),
    name: z.string().optional(),
    labels: z.union([Selector, z.literal('')]).optional(),
    priority: z.coerce.number().optional(),
    lock: z.array(z.string()).optional(),
    description: z.string().optional(),
    reason: z.string().optional(),
    dryRun: z.boolean().default(false),
  }),
  async run({ client }, { profile, settings, labels, lock, reason, dryRun, ...rest }) {
    const change = {
      ...rest,
      locked: lock,
      settings: settings === undefined ? undefined : await readSettings(settings),
      selector: labels === undefined ? undefined : labels === '' ? null : labelsOf(labels),
    };
    if (Object.values(change).every((value) => value === undefined))
      throw new CliRefusal('Name what to change, see --help.', exitCodes.usage);
    const { id: profileId } = await findProfile(client, profile);
    if (dryRun)
      return { impact: await client.configurations.preview({ proposed: { kind: 'profile', profileId, change } }) };
    return { profile: await client.profiles.update({ profileId, reason, ...change }) };
  },
  show({ impact, profile }) {
    if (impact) return sayImpact(impact);
    return `The profile ${profile?.name} is changed (version ${profile?.version}); ${profile?.botCount} bots have it.`;
  },
});
