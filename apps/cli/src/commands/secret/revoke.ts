import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { confirmByName } from '../../prompt.ts';
import { blastRadius } from '../../rotation-text.ts';
import { findSecret } from './find-secret.ts';

export const revoke = cliCommand({
  usage: 'secret revoke <secret>',
  summary: 'In an emergency: destroy its values here and take them from every bot at once',
  options: [
    ['--reason <text>', 'why; it is kept with the event'],
    ['--yes', 'do not ask'],
  ],
  input: z.object({
    secret: z.string(),
    reason: z.string('Say why with --reason: it is kept with the event'),
    yes: z.boolean().default(false),
  }),
  async run({ client, world, out, signal }, { secret, reason, yes }) {
    const { id: secretId, name } = await findSecret(client, secret);
    out.note(blastRadius(await client.rotations.impact({ secretId })));
    const message = `What needs it stops working until it has another value. Type ${name} to revoke it`;
    await confirmByName(world, { name, message, otherwise: 'Nothing was revoked.' }, yes);
    return { name, ...(await client.rotations.revoke({ secretId, reason }, { signal })) };
  },
  show: ({ name, bots }) =>
    `${name} is revoked here and taken from ${bots} ${bots === 1 ? 'bot' : 'bots'}. Delete it at its service too. Another value: clawster secret rotate ${JSON.stringify(name)}`,
});
