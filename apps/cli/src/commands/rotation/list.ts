import { RotationPhase } from '@clawster/contract/rotation';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { rotationTable } from '../../rotation-text.ts';
import { findSecret } from '../secret/find-secret.ts';

export const list = cliCommand({
  usage: 'rotation list',
  summary: 'List the rotations of secrets, the latest first',
  options: [
    ['--secret <secret>', 'those of one secret'],
    ['--phase <phase>', RotationPhase.options.join(', ')],
  ],
  input: z.object({ secret: z.string().optional(), phase: RotationPhase.optional() }),
  async run({ client }, { secret, phase }) {
    const secretId = secret === undefined ? undefined : (await findSecret(client, secret)).id;
    return allPages((cursor) => client.rotations.list({ limit: 200, cursor, secretId, phase }));
  },
  show: rotationTable,
});
