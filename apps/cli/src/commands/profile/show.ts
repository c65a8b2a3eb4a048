import { z } from 'zod';
import { stringify } from 'yaml';
import { cliCommand } from '../../command.ts';
import { sayLabels } from '../../label-text.ts';
import { findProfile } from './find-profile.ts';

export const show = cliCommand({
  usage: 'profile show <profile>',
  summary: 'Show a profile and what it says',
  input: z.object({ profile: z.string() }),
  run: ({ client }, { profile }) => findProfile(client, profile),
  show: ({ name, version, priority, selector, botCount, locked, settings }) =>
    [
      `${name}, version ${version}, priority ${priority}, ${selector ? `for bots with ${sayLabels(selector)}` : 'for bots that name it'}: ${botCount}`,
      ...(locked.length > 0 ? [`Locked: ${locked.join(', ')}`] : []),
      stringify(settings).trimEnd(),
    ].join('\n'),
});
