import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { findSecret } from './find-secret.ts';

/** `never` takes away what there was. */
const never = z.literal('never').transform(() => null);

export const update = cliCommand({
  usage: 'secret update <secret>',
  summary: 'Rename a secret, or change its note, expiry and schedule; another value is a rotation',
  options: [
    ['--name <name>', 'another name'],
    ['--note <text>', 'what it is for'],
    ['--expires <moment>', 'when its service lets it end, or never'],
    ['--rotate-days <days>', 'replace it so often, or never'],
  ],
  input: z.object({
    secret: z.string(),
    name: z.string().optional(),
    note: z.string().optional(),
    expires: z.union([never, z.string()]).optional(),
    rotateDays: z.union([never, z.coerce.number()]).optional(),
  }),
  async run({ client }, { secret, expires, ...rest }) {
    const change = { ...rest, expiresAt: expires };
    if (Object.values(change).every((value) => value === undefined))
      throw new CliRefusal('Name what to change, see --help.', exitCodes.usage);
    const { id: secretId } = await findSecret(client, secret);
    return client.secrets.update({ secretId, ...change });
  },
  show: ({ name }) => `${name} is changed.`,
});
