import { ConnectorName } from '@clawster/contract/connector';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { readRules, rulesInput, rulesOptions } from './rules.ts';
import { connectionInput, connectionOptions, readApiKey } from './settings.ts';

export const create = cliCommand({
  usage: 'connector create <name>',
  summary: 'Attach a model provider; it is asked first, and refused if it does not answer',
  options: [...connectionOptions, ...rulesOptions],
  input: z.object({ name: ConnectorName, ...connectionInput, ...rulesInput }),
  async run({ client, world, signal }, { name, provider, baseUrl, model, api, ...rest }) {
    const rules = await readRules(client, rest, { provider, model });
    const key = await readApiKey(world, rest);
    return client.connectors.create({ name, provider, baseUrl, model, api, ...key, ...rules }, { signal });
  },
  show: (connector) => `${connector.name} is attached. Use it: clawster bot create Ada --connector "${connector.name}"`,
});
