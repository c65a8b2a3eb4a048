import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { operationDetails } from '../../operation-text.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { ended } from '../../watch-operation.ts';

export const show = cliCommand({
  usage: 'operation show <operation>',
  summary: 'Show an operation with its steps',
  options: waitOptions,
  input: z.object({ operation: z.uuid('Name an operation by its id from: clawster operation list'), ...waitInput }),
  run: async (context, { operation: operationId, ...waiting }) =>
    ended(context, await context.client.operations.get({ operationId }), waiting),
  show: operationDetails,
});
