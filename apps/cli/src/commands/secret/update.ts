import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { sourceInput, sourceOf, sourceOptions } from '../../secret-source.ts';
import { findSecret } from './find-secret.ts';

/** `never` takes away what there was. */
const never = z.literal('never').transform(() => null);

export const update = cliCommand({
  usage: 'secret update <secret>',
  summary: 'Rename a secret, or change its note, expiry, schedule and store; another value is a rotation',
  options: [
    ['--name <name>', 'another name'],
    ['--note <text>', 'what it is for'],
    ['--expires <moment>', 'when its service lets it end, or never'],
    ['--rotate-days <days>', 'replace it so often, or never'],
    ...sourceOptions,
    ['--keep-here', 'keep it here from now on, and follow its store no more'],
  ],
  input: z.object({
    secret: z.string(),
    name: z.string().optional(),
    note: z.string().optional(),
    expires: z.union([never, z.string()]).optional(),
    rotateDays: z.union([never, z.coerce.number()]).optional(),
    ...sourceInput,
    keepHere: z.boolean().default(false),
  }),
  async run({ client }, { secret, name, note, expires, rotateDays, keepHere, ...where }) {
    const named = sourceOf(where);
    if (named && keepHere) throw new CliRefusal('Name a store, or --keep-here, not both.', exitCodes.usage);
    const change = { name, note, rotateDays, expiresAt: expires, source: keepHere ? null : named };
    if (Object.values(change).every((value) => value === undefined))
      throw new CliRefusal('Name what to change, see --help.', exitCodes.usage);
    const { id: secretId } = await findSecret(client, secret);
    return client.secrets.update({ secretId, ...change });
  },
  show: ({ name }) => `${name} is changed.`,
});
