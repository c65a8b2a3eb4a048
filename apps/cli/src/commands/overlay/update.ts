import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { sayImpact } from '../../impact-text.ts';
import { readSettings, settingsOption } from '../../settings-option.ts';
import { findOverlay } from './find-overlay.ts';
import { Hours, sayUntil } from './hours.ts';

export const update = cliCommand({
  usage: 'overlay update <overlay>',
  summary: 'Change an overlay; its bots take it over, unless one could not',
  options: [
    settingsOption,
    ['--name <name>', 'another name'],
    ['--hours <number>', 'for so long from now; never: until it is taken away'],
    ['--reason <text>', 'why'],
    ['--priority <number>', 'of overlays, a higher one is above'],
    ['--dry-run', 'show which bots would change, and change nothing'],
  ],
  input: z.object({
    overlay: z.string(),
    settings: z.string().optional(),
    name: z.string().optional(),
    hours: z.union([z.literal('never').transform(() => null), Hours]).optional(),
    reason: z.string().optional(),
    priority: z.coerce.number().optional(),
    dryRun: z.boolean().default(false),
  }),
  async run({ client }, { overlay, settings, hours: expiresAt, dryRun, ...rest }) {
    const change = { ...rest, expiresAt, settings: settings === undefined ? undefined : await readSettings(settings) };
    if (Object.values(change).every((value) => value === undefined))
      throw new CliRefusal('Name what to change, see --help.', exitCodes.usage);
    const { id: overlayId } = await findOverlay(client, overlay);
    if (dryRun)
      return { impact: await client.configurations.preview({ proposed: { kind: 'overlay', overlayId, change } }) };
    return { overlay: await client.overlays.update({ overlayId, ...change }) };
  },
  show({ impact, overlay }) {
    if (impact) return sayImpact(impact);
    return `The overlay ${overlay?.name} is changed (version ${overlay?.version}); it lies over ${overlay?.botCount} bots${sayUntil(overlay?.expiresAt)}.`;
  },
});
