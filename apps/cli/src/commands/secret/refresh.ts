import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findSecret } from './find-secret.ts';

export const refresh = cliCommand({
  usage: 'secret refresh <secret>',
  summary: 'Read a secret from its store now; another value there begins a rotation',
  input: z.object({ secret: z.string() }),
  run: async ({ client }, { secret }) => client.secrets.refresh({ secretId: (await findSecret(client, secret)).id }),
  show({ name, readTrouble, rotationId }) {
    if (readTrouble) return `Bots keep the value they have. ${readTrouble}.`;
    return rotationId
      ? `${name} has another value: bots are given it. Follow it: clawster rotation show ${rotationId}`
      : `${name} has the value that bots have.`;
  },
});
