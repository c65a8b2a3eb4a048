import { ConnectorName } from '@clawster/contract/connector';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { connectionInput, connectionOptions, readApiKey } from './settings.ts';

export const create = cliCommand({
  usage: 'connector create <name>',
  summary: 'Attach a model provider; it is asked first, and refused if it does not answer',
  options: connectionOptions,
  input: z.object({ name: ConnectorName, ...connectionInput }),
  run: async ({ client, world, signal }, { name, provider, baseUrl, model, api, ...key }) =>
    client.connectors.create({ name, provider, baseUrl, model, api, ...(await readApiKey(world, key)) }, { signal }),
  show: (connector) => `${connector.name} is attached. Use it: clawster bot create Ada --connector "${connector.name}"`,
});
