import type { OpenAiApi, Provider } from '@clawster/contract/connector';
import type { ConnectorModel, ModelPrice, ModelRules } from '@clawster/contract/model';
import { whyNotModel } from '../config/baseline.ts';

/** How OpenClaw speaks to a provider, by its own names. */
export type Dialect = 'openai-completions' | 'openai-responses' | 'anthropic-messages' | 'google-generative-ai';

/** The dialect of a provider; the demo model's is OpenAI's. */
export function dialectOf({ provider, api }: { provider: Provider; api?: OpenAiApi | undefined }): Dialect {
  if (provider === 'anthropic') return 'anthropic-messages';
  if (provider === 'google') return 'google-generative-ai';
  return api === 'responses' && provider !== 'demo' ? 'openai-responses' : 'openai-completions';
}

/** Which price a cost was counted at, in words that another price never has. */
export function priceVersion({ asOf, input, output, cacheRead = input, cacheWrite = input, long }: ModelPrice): string {
  const rates = [input, output, cacheRead, cacheWrite].join('/');
  return `${asOf} ${rates}${long ? ` long ${long.input}/${long.output}` : ''}`;
}

/** At what a model's calls are counted; undefined where nobody said. The demo model is part of Clawster and costs nothing. */
export function priceOf(
  provider: Provider,
  model: Pick<ConnectorModel, 'price'> | undefined,
): (Omit<ModelPrice, 'asOf'> & { version: string }) | undefined {
  if (model?.price) return { ...model.price, version: priceVersion(model.price) };
  return provider === 'demo' ? { input: 0, output: 0, version: 'free' } : undefined;
}

type Ruled = { id?: string; provider: Provider; api?: OpenAiApi | undefined; model: string; models: ConnectorModel[] };
type StandIn = { id: string; name: string; provider: Provider; api?: OpenAiApi | undefined };

/** What is wrong with a provider's models, stand-ins and limits, and where; undefined when they can be saved. */
export function whyNotRules(
  ruled: Ruled,
  rules: Pick<ModelRules, 'fallbacks' | 'budget'>,
  others: readonly StandIn[],
): { field: string; message: string } | undefined {
  return whyNotModels(ruled, rules) ?? whyNotFallbacks(ruled, rules.fallbacks, others);
}

function whyNotModels({ provider, model, models }: Ruled, { budget }: Pick<ModelRules, 'budget'>) {
  const odd = models.map(({ id }) => whyNotModel(id)).find((message) => message !== undefined);
  if (odd) return { field: 'models', message: odd };
  const names = models.map(({ id }) => id);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) return { field: 'models', message: `${twice} is named twice` };
  if (!names.includes(model))
    return { field: 'models', message: `${model} is the usual model: name it among the models` };
  const unpriced = budget && models.find((one) => !priceOf(provider, one));
  if (!unpriced) return undefined;
  const message = `A budget counts by prices, and ${unpriced.id} has none: enter its price, or take the budget away`;
  return { field: 'budget', message };
}

/** A stand-in has to understand what was asked, word for word: the model gateway translates nothing. */
function whyNotFallbacks(ruled: Ruled, fallbacks: ModelRules['fallbacks'], others: readonly StandIn[]) {
  for (const { connectorId, model } of fallbacks) {
    const other = others.find(({ id }) => id === connectorId);
    const field = 'fallbacks';
    if (!other) return { field, message: 'A connector that is to stand in is not there any more: choose another' };
    if (connectorId === ruled.id && model === ruled.model)
      return { field, message: 'A model cannot stand in for itself: choose another model or connector' };
    if (family(other.provider) !== family(ruled.provider))
      return {
        field,
        message: `${other.name} cannot stand in: it speaks another dialect (${dialectOf(other)}) than this provider (${dialectOf(ruled)}), and nothing is translated`,
      };
  }
  return undefined;
}

function family(provider: Provider): string {
  return provider === 'anthropic' || provider === 'google' || provider === 'demo' ? provider : 'openai';
}
