import { z } from 'zod';
import { cliCommand } from '../../command.ts';

export const cancel = cliCommand({
  usage: 'operation cancel <operation>',
  summary: 'Cancel an operation before its point of no return; all is left as it was',
  input: z.object({ operation: z.uuid('Name an operation by its id from: clawster operation list') }),
  run: ({ client }, { operation: operationId }) => client.operations.cancel({ operationId }),
  show: ({ kind, botName }) => `The ${kind} of ${botName} is being cancelled.`,
});
