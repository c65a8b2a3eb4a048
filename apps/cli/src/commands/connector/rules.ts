import type { Client } from '@clawster/client/client';
import type { Connector, Provider } from '@clawster/contract/connector';
import type { ConnectorModel, ModelPrice } from '@clawster/contract/model';
import { suggestedModel } from '@clawster/domain/model/prices';
import { z } from 'zod';
import { CliRefusal } from '../../failure.ts';
import { findConnector } from '../../find.ts';

/** What `connector create` and `connector update` take about models, limits and stand-ins. */
export const rulesOptions: [string, string][] = [
  ['--allow <model...>', 'more models that bots may ask for, with their list prices where those are known'],
  ['--price <model=input/output...>', 'US dollars for a million tokens: gpt-6-sol=2/10, or =2/10/0.2/2.5 with caches'],
  ['--budget <usd>', 'what each bot may spend in a day, or as --per says'],
  ['--per <period>', 'day or month, of UTC'],
  ['--calls-per-minute <number>', 'of each bot'],
  ['--tokens-per-minute <number>', 'of each bot'],
  ['--retries <number>', 'how often a provider is asked again that cannot answer (2)'],
  ['--stand-in <connector=model...>', 'who is asked then, in this order'],
];

const count = z.coerce.number().int().min(1).optional();
export const rulesInput = {
  allow: z.array(z.string()).default([]),
  price: z.array(z.string()).default([]),
  budget: z.coerce.number().min(0).optional(),
  per: z.enum(['day', 'month']).optional(),
  callsPerMinute: count,
  tokensPerMinute: count,
  retries: z.coerce.number().int().min(0).max(5).optional(),
  standIn: z.array(z.string()).default([]),
};
type Rules = z.output<z.ZodObject<typeof rulesInput>>;

/** The rules as the server takes them; what was not named is left out. `before` is what the connector has. */
export async function readRules(
  client: Client,
  rules: Rules,
  before: { provider: Provider; model: string; models?: ConnectorModel[]; budget?: Connector['budget'] },
) {
  const { budget, per, callsPerMinute, tokensPerMinute, retries, standIn } = rules;
  const usd = budget ?? (per && before.budget?.usd);
  return {
    models: modelsOf(rules, before),
    budget: usd === undefined ? undefined : { usd, period: per ?? before.budget?.period ?? ('day' as const) },
    requestsPerMinute: callsPerMinute,
    tokensPerMinute,
    retries,
    fallbacks: standIn.length > 0 ? await Promise.all(standIn.map((one) => readStandIn(client, one))) : undefined,
  };
}

function modelsOf({ allow, price }: Rules, { provider, model, models = [] }: Parameters<typeof readRules>[2]) {
  if (allow.length === 0 && price.length === 0) return undefined;
  const prices = new Map(price.map(readPrice));
  const named = [...new Set([...models.map(({ id }) => id), model, ...allow, ...prices.keys()])];
  return named.map((id) => {
    const known = models.find((one) => one.id === id) ?? suggestedModel(provider, id);
    const entered = prices.get(id);
    return entered ? { ...known, price: entered } : known;
  });
}

function readPrice(text: string): [string, ModelPrice] {
  const [, id, rates] = /^(.+)=([\d./]+)$/.exec(text) ?? [];
  const [input, output, cacheRead, cacheWrite] = (rates ?? '').split('/').map(Number);
  if (id === undefined || input === undefined || output === undefined || Number.isNaN(input + output))
    throw new CliRefusal(`"${text}" is not a price: write it as gpt-6-sol=2/10`);
  const caches = {
    ...(cacheRead === undefined ? {} : { cacheRead }),
    ...(cacheWrite === undefined ? {} : { cacheWrite }),
  };
  return [id, { input, output, ...caches, asOf: new Date().toISOString().slice(0, 10) }];
}

async function readStandIn(client: Client, text: string): Promise<{ connectorId: string; model: string }> {
  const [, name, model] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || model === undefined)
    throw new CliRefusal(`"${text}" is no stand-in: write it as "Second provider=model"`);
  return { connectorId: (await findConnector(client, name)).id, model };
}
