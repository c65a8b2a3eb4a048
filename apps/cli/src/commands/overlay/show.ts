import { z } from 'zod';
import { stringify } from 'yaml';
import { cliCommand } from '../../command.ts';
import { sayLabels } from '../../label-text.ts';
import { findOverlay } from './find-overlay.ts';

export const show = cliCommand({
  usage: 'overlay show <overlay>',
  summary: 'Show an overlay and what it says',
  input: z.object({ overlay: z.string() }),
  run: ({ client }, { overlay }) => findOverlay(client, overlay),
  show: ({ name, version, priority, botName, selector, botCount, expiresAt, reason, settings }) =>
    [
      `${name}, version ${version}, priority ${priority}, for ${botName ?? `bots with ${sayLabels(selector ?? {})}`}: ${botCount}`,
      `Until ${expiresAt ?? 'it is taken away'}${reason ? `. ${reason}` : ''}`,
      stringify(settings).trimEnd(),
    ].join('\n'),
});
