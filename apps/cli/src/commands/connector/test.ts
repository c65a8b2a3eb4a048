import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal } from '../../failure.ts';
import { connectionInput, connectionOptions, readApiKey } from './settings.ts';

export const test = cliCommand({
  usage: 'connector test',
  summary: 'Ask a model provider with these settings; nothing is saved',
  options: connectionOptions,
  input: z.object(connectionInput),
  async run({ client, world, signal }, { provider, baseUrl, model, api, ...key }) {
    const check = await client.connectors.test(
      { provider, baseUrl, model, api, ...(await readApiKey(world, key)) },
      { signal },
    );
    if (!check.ok) throw new CliRefusal(check.message);
    return check;
  },
  show: (check) => check.message,
});
