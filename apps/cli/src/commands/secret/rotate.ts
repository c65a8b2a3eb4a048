import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { confirmByName } from '../../prompt.ts';
import { blastRadius } from '../../rotation-text.ts';
import { readValue, valueInput, valueOption } from '../../secret-value.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { rotated, rotationSentence } from '../../watch-rotation.ts';
import { findSecret } from './find-secret.ts';

export const rotate = cliCommand({
  usage: 'secret rotate <secret>',
  summary: 'Give a secret another value: tried first, then given in waves, each bot proven',
  options: [
    valueOption,
    ['--expires <moment>', 'when its service lets the new value end'],
    ['--at-once', 'all bots at once, in place of waves'],
    ['--keep-former', 'keep the former value, so that it can be given back later'],
    ['--yes', 'do not ask'],
    ...waitOptions,
  ],
  input: z.object({
    secret: z.string(),
    ...valueInput,
    expires: z.string().optional(),
    atOnce: z.boolean().default(false),
    keepFormer: z.boolean().default(false),
    yes: z.boolean().default(false),
    ...waitInput,
  }),
  async run(context, { secret, valueStdin, expires, atOnce, keepFormer, yes, ...waiting }) {
    const { client, world, out, signal } = context;
    const { id: secretId, name } = await findSecret(client, secret);
    out.note(blastRadius(await client.rotations.impact({ secretId })));
    await confirmByName(world, { name, message: `Type ${name} to rotate it`, otherwise: 'Nothing was rotated.' }, yes);
    const value = await readValue(world, valueStdin);
    const rotation = await client.rotations.start(
      { secretId, value, expiresAt: expires, atOnce, revokeFormer: !keepFormer },
      { signal },
    );
    return rotated(context, rotation, waiting);
  },
  show: rotationSentence,
});
