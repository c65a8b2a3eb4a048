import { SecretName } from '@clawster/contract/secret';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { readValue, valueInput, valueOption } from '../../secret-value.ts';

export const create = cliCommand({
  usage: 'secret create <name>',
  summary: 'Keep a secret under a name; its value is not to be read again',
  options: [
    valueOption,
    ['--note <text>', 'what it is for'],
    ['--expires <moment>', 'when its service lets it end, such as 2027-01-31T00:00:00Z'],
    ['--rotate-days <days>', 'replace it so often'],
  ],
  input: z.object({
    name: SecretName,
    ...valueInput,
    note: z.string().default(''),
    expires: z.string().optional(),
    rotateDays: z.coerce.number().optional(),
  }),
  run: async ({ client, world }, { name, valueStdin, note, expires, rotateDays }) =>
    client.secrets.create({
      name,
      note,
      expiresAt: expires,
      rotateDays,
      value: await readValue(world, valueStdin),
    }),
  show: ({ name }) => `${name} is kept. Use it where a token is asked for: clawster channel create --secret`,
});
