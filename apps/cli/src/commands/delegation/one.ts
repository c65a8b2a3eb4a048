import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { delegationText } from '../../delegation-text.ts';

const id = z.uuid('Name the task by its id: clawster delegation list shows them');

export const show = cliCommand({
  usage: 'delegation show <id>',
  summary: 'Show a delegation with each of its steps and its result',
  input: z.object({ id }),
  run: ({ client }, { id: delegationId }) => client.delegations.get({ delegationId }),
  show: delegationText,
});

export const cancel = cliCommand({
  usage: 'delegation cancel <id>',
  summary: 'Stop a delegation and all that it was passed on as',
  options: [['--reason <why>', 'what whoever asked is told']],
  input: z.object({ id, reason: z.string().max(300).default('') }),
  run: ({ client }, { id: delegationId, reason }) => client.delegations.cancel({ delegationId, reason }),
  show: ({ title }) => `“${title}” is cancelled, with all that it was passed on as.`,
});

export const retry = cliCommand({
  usage: 'delegation retry <id>',
  summary: 'Try once more what failed or expired, by the rules of today',
  input: z.object({ id }),
  run: ({ client }, { id: delegationId }) => client.delegations.retry({ delegationId }),
  show: delegationText,
});
