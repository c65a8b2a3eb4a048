import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findConnector } from '../../find.ts';

export const deleteConnector = cliCommand({
  usage: 'connector delete <connector>',
  summary: 'Detach a model provider that no bot uses',
  input: z.object({ connector: z.string() }),
  async run({ client }, { connector: nameOrId }) {
    const connector = await findConnector(client, nameOrId);
    await client.connectors.delete({ connectorId: connector.id });
    return connector;
  },
  show: (connector) => `${connector.name} is detached.`,
});
