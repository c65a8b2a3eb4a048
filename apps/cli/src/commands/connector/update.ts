import { BaseUrl, ConnectorName, OpenAiApi } from '@clawster/contract/connector';
import { ModelId } from '@clawster/contract/model';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findConnector } from '../../find.ts';
import { readRules, rulesInput, rulesOptions } from './rules.ts';
import { readApiKey } from './settings.ts';

export const update = cliCommand({
  usage: 'connector update <connector>',
  summary: 'Change a model provider: its models, prices, limits and stand-ins, its address, or its key',
  options: [
    ['--name <name>', 'another name'],
    ['--model <model>', 'the usual model of new bots'],
    ['--base-url <url>', 'another address; the key is asked for again'],
    ['--api <api>', 'of OpenAI: chat-completions or responses'],
    ['--new-api-key', 'ask for a new API key'],
    ['--api-key-stdin', 'read a new API key from standard input'],
    ...rulesOptions,
    ['--no-limits', 'take the budget and the limits of a minute away'],
  ],
  input: z.object({
    connector: z.string(),
    name: ConnectorName.optional(),
    model: ModelId.optional(),
    baseUrl: BaseUrl.optional(),
    api: OpenAiApi.optional(),
    newApiKey: z.boolean().default(false),
    apiKeyStdin: z.boolean().default(false),
    limits: z.boolean().default(true),
    ...rulesInput,
  }),
  async run({ client, world, signal }, { connector: nameOrId, name, model, baseUrl, api, limits, ...rest }) {
    const before = await findConnector(client, nameOrId);
    const { newApiKey, apiKeyStdin } = rest;
    const key = await readApiKey(world, { apiKey: newApiKey || apiKeyStdin, apiKeyStdin });
    const rules = await readRules(client, rest, { ...before, model: model ?? before.model });
    const otherwise = limits ? undefined : null;
    const { budget = otherwise, requestsPerMinute = otherwise, tokensPerMinute = otherwise } = rules;
    const all = { ...rules, budget, requestsPerMinute, tokensPerMinute };
    return client.connectors.update({ connectorId: before.id, name, model, baseUrl, api, ...key, ...all }, { signal });
  },
  show: ({ name, botCount }) =>
    `${name} is changed.${botCount > 0 ? ' Its bots take it up without a restart.' : ''} See it: clawster connector show "${name}"`,
});
