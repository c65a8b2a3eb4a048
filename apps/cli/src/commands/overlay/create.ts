import { labelsOf, Selector } from '@clawster/contract/label';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { sayImpact } from '../../impact-text.ts';
import { readSettings, settingsOption } from '../../settings-option.ts';
import { Hours, sayUntil } from './hours.ts';

export const create = cliCommand({
  usage: 'overlay create <name>',
  summary: 'Lay a difference over one bot, or over those with some labels',
  options: [
    settingsOption,
    ['--bot <bot>', 'the one bot'],
    ['--labels <labels>', 'the bots with all of these labels, such as team=support'],
    ['--hours <number>', 'for so long; without it until it is taken away'],
    ['--reason <text>', 'why'],
    ['--priority <number>', 'of overlays, a higher one is above (100)'],
    ['--dry-run', 'show which bots would change, and change nothing'],
  ],
  input: z.object({
    name: z.string(),
    settings: z.string('Say what it says, see --help'),
    bot: z.string().optional(),
    labels: Selector.optional(),
    hours: Hours.optional(),
    reason: z.string().optional(),
    priority: z.coerce.number().optional(),
    dryRun: z.boolean().default(false),
  }),
  async run({ client }, { name, settings, bot, labels, hours: expiresAt, reason, priority, dryRun }) {
    const change = {
      name,
      reason,
      priority,
      settings: await readSettings(settings),
      ...(bot ? { botId: (await findBot(client, bot)).id } : {}),
      ...(labels ? { selector: labelsOf(labels) } : {}),
      expiresAt,
    };
    if (dryRun) return { impact: await client.configurations.preview({ proposed: { kind: 'new-overlay', change } }) };
    return { overlay: await client.overlays.create(change) };
  },
  show({ impact, overlay }) {
    if (impact) return sayImpact(impact);
    return `The overlay ${overlay?.name} lies over ${overlay?.botCount} bots${sayUntil(overlay?.expiresAt)}.`;
  },
});
