import { z } from 'zod';
import { cliCommand } from '../../command.ts';

export const dismiss = cliCommand({
  usage: 'finding dismiss <finding>',
  summary: 'Say that a finding is no trouble, and why',
  options: [['--reason <text>', 'why it is no trouble']],
  input: z.object({
    finding: z.uuid('Name a finding by its id from: clawster finding list'),
    reason: z.string('Say why it is no trouble, with --reason').min(1),
  }),
  run: ({ client }, { finding: findingId, reason }) => client.findings.dismiss({ findingId, reason }),
  show: ({ secretName }) => `The finding of ${secretName} is dismissed for as long as it is there.`,
});
