import { ApiKeyName } from '@clawster/contract/api-key';
import { Permission, Role } from '@clawster/contract/permission';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';

export const create = cliCommand({
  usage: 'api-key create <name>',
  summary: 'Make an API key; its value is printed now and never again',
  options: [
    ['--role <role>', `what it may do: ${Role.options.join(', ')} (viewer)`],
    ['--scope <permission...>', 'narrow the role to these permissions'],
    ['--expires-in-days <days>', 'when it ends (90)'],
  ],
  input: z.object({
    name: ApiKeyName,
    role: Role.default('viewer'),
    scope: z.array(Permission).optional(),
    expiresInDays: z.coerce.number().int().min(1).max(365).default(90),
  }),
  run: ({ client }, { scope, ...rest }) => client.apiKeys.create({ ...rest, ...(scope ? { scopes: scope } : {}) }),
  show(made, out) {
    out.note(
      `${made.apiKey.name} (${made.apiKey.role}) until ${made.apiKey.expiresAt.slice(0, 10)}. Keep it now; it is not shown again:`,
    );
    return made.value;
  },
});
