import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { table } from '../../output.ts';

export const list = cliCommand({
  usage: 'service-account list',
  summary: 'List service accounts, whose keys outlive the people who made them',
  input: z.object({}),
  run: ({ client }) => allPages((cursor) => client.serviceAccounts.list({ limit: 200, cursor })),
  show: (accounts) =>
    table(
      ['name', 'role', 'keys', 'state', 'what for'],
      accounts.map(({ name, role, apiKeyCount, disabledAt, description }) => [
        name,
        role,
        String(apiKeyCount),
        disabledAt ? 'disabled' : 'enabled',
        description,
      ]),
      'No service accounts yet.',
    ),
});
