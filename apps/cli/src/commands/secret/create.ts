import { SecretName } from '@clawster/contract/secret';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { sourceInput, sourceOf, sourceOptions } from '../../secret-source.ts';
import { readValue, valueInput, valueOption } from '../../secret-value.ts';

export const create = cliCommand({
  usage: 'secret create <name>',
  summary: 'Keep a secret under a name, by its value or by where it is kept; its value is not to be read again',
  options: [
    valueOption,
    ...sourceOptions,
    ['--note <text>', 'what it is for'],
    ['--expires <moment>', 'when its service lets it end, such as 2027-01-31T00:00:00Z'],
    ['--rotate-days <days>', 'replace it so often'],
  ],
  input: z.object({
    name: SecretName,
    ...valueInput,
    ...sourceInput,
    note: z.string().default(''),
    expires: z.string().optional(),
    rotateDays: z.coerce.number().optional(),
  }),
  async run({ client, world }, { name, valueStdin, note, expires, rotateDays, ...where }) {
    const terms = { name, note, expiresAt: expires, rotateDays };
    const source = sourceOf(where);
    if (source && valueStdin)
      throw new CliRefusal('Give the value or its store: leave out --value-stdin.', exitCodes.usage);
    if (source) return client.secrets.create({ ...terms, source });
    return client.secrets.create({ ...terms, value: await readValue(world, valueStdin) });
  },
  show: ({ name }) => `${name} is kept. Use it where a token is asked for: clawster channel create --secret`,
});
