import { z } from 'zod';
import { cliCommand } from '../../command.ts';

export const rotate = cliCommand({
  usage: 'directory rotate',
  summary: 'Give the directory a new token; it is printed now and never again',
  options: [['--overlap-hours <hours>', 'for how long the old token stays good, at most 168; 0 ends it at once (24)']],
  input: z.object({ overlapHours: z.coerce.number().int().min(0).max(168).default(24) }),
  run: async ({ client }, { overlapHours }) => ({
    ...(await client.directory.rotate({ overlapHours })),
    overlapHours,
  }),
  show({ directory, value, overlapHours }, out) {
    const old =
      overlapHours === 0 ? 'The old token is refused from now on.' : `The old token ends in ${overlapHours} hours.`;
    out.note(`${directory.name} has another token. ${old} Keep the new one now:`);
    return value;
  },
});
