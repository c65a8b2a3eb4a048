import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';

export const scanSchedule = cliCommand({
  usage: 'secret scan-schedule',
  summary: 'Show or set how often secrets are scanned for without being asked; without an option it shows',
  options: [
    ['--every <hours>', 'scan every so many hours, 24 in a new workspace'],
    ['--never', 'scan only when asked'],
  ],
  input: z.object({ every: z.coerce.number().int().optional(), never: z.boolean().default(false) }),
  async run({ client }, { every, never }) {
    if (every !== undefined && never) throw new CliRefusal('Say either --every or --never.', exitCodes.usage);
    if (never) return client.scans.setSchedule({ everyHours: null });
    return every === undefined ? client.scans.schedule({}) : client.scans.setSchedule({ everyHours: every });
  },
  show: ({ everyHours }) =>
    everyHours === null
      ? 'Secrets are scanned for only when asked.'
      : `Secrets are scanned for every ${everyHours} hours.`,
});
