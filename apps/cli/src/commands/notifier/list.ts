import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { ago, table } from '../../output.ts';

export const list = cliCommand({
  usage: 'notifier list',
  summary: 'List where it is told that something waits, and how that goes',
  input: z.object({}),
  run: async ({ client }) => (await client.notifiers.list()).items,
  show: (notifiers) =>
    table(
      ['name', 'kind', 'to', 'tells of', 'sent', 'trouble'],
      notifiers.map(({ name, kind, host, person, inboxKinds, enabled, sentAt, trouble }) => [
        name,
        kind,
        host ? `${host}, for ${person.name}` : person.name,
        enabled ? inboxKinds.join(', ') : 'nothing: it is stopped',
        sentAt ? `${ago(sentAt)} ago` : 'nothing yet',
        trouble ?? '',
      ]),
      'Nobody is told. Tell somebody: clawster notifier create <name> --kind mail',
    ),
});
