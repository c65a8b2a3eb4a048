import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal } from '../../failure.ts';
import { findConnector } from '../../find.ts';

export const check = cliCommand({
  usage: 'connector check <connector>',
  summary: 'Ask a model provider now whether it still answers',
  input: z.object({ connector: z.string() }),
  async run({ client, signal }, { connector: nameOrId }) {
    const { id: connectorId } = await findConnector(client, nameOrId);
    const connector = await client.connectors.check({ connectorId }, { signal });
    if (!connector.check?.ok) throw new CliRefusal(connector.check?.message ?? 'The provider was not asked');
    return connector;
  },
  show: ({ name, check: last }) => `${name}: ${last?.message ?? ''}`,
});
