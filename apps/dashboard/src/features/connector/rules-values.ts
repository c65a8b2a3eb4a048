import type { Connector, OpenAiApi, UpdateConnector } from '@clawster/contract/connector';
import type { ConnectorModel, ModelPrice } from '@clawster/contract/model';

/** A model as the form has it: an empty field is one that was left out. */
export type ModelValues = {
  id: string;
  contextWindow?: number | undefined;
  maxTokens?: number | undefined;
  readsImages: boolean;
  input?: number | undefined;
  output?: number | undefined;
  cacheRead?: number | undefined;
  cacheWrite?: number | undefined;
  /** The price these were filled from: kept with its day as long as nobody changes it. */
  price?: ModelPrice | undefined;
};

export type RulesValues = {
  api: OpenAiApi;
  models: ModelValues[];
  fallbacks: { connectorId: string; model: string }[];
  retries: number;
  requestsPerMinute?: number | undefined;
  tokensPerMinute?: number | undefined;
  budgetUsd?: number | undefined;
  period: 'day' | 'month';
};

export function modelValues({ id, contextWindow, maxTokens, inputs, price }: ConnectorModel): ModelValues {
  const { input, output, cacheRead, cacheWrite } = price ?? {};
  const prices = { input, output, cacheRead, cacheWrite, price };
  return { id, contextWindow, maxTokens, readsImages: inputs.includes('image'), ...prices };
}

export function rulesValues(connector: Connector): RulesValues {
  const { models, fallbacks, retries, requestsPerMinute, tokensPerMinute, budget } = connector;
  return {
    api: connector.api ?? 'chat-completions',
    models: models.map(modelValues),
    fallbacks,
    retries,
    requestsPerMinute,
    tokensPerMinute,
    budgetUsd: budget?.usd,
    period: budget?.period ?? 'day',
  };
}

/** What is asked of the server: a limit that was emptied is taken away. */
export function rulesAsked(
  values: RulesValues,
  { before, today }: { before: Connector; today: string },
): Omit<UpdateConnector, 'connectorId'> {
  const { api, models, fallbacks, retries, requestsPerMinute, tokensPerMinute, budgetUsd, period } = values;
  return {
    // The provider is asked anew when it is spoken to differently, and only then.
    ...(api === (before.api ?? 'chat-completions') ? {} : { api }),
    models: models.map((model) => modelAsked(model, today)),
    fallbacks,
    retries,
    requestsPerMinute: requestsPerMinute ?? null,
    tokensPerMinute: tokensPerMinute ?? null,
    budget: budgetUsd === undefined ? null : { usd: budgetUsd, period },
  };
}

function modelAsked({ id, contextWindow, maxTokens, readsImages, ...rates }: ModelValues, today: string) {
  const price = priceAsked(rates, today);
  return {
    id: id.trim(),
    inputs: readsImages ? (['text', 'image'] as const).slice() : (['text'] as const).slice(),
    ...(contextWindow === undefined ? {} : { contextWindow }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(price ? { price } : {}),
  };
}

/** A price that somebody entered is of today; one without input or output is none. */
function priceAsked(
  { input, output, cacheRead, cacheWrite, price }: Omit<ModelValues, 'id' | 'readsImages'>,
  today: string,
): ModelPrice | undefined {
  if (input === undefined || output === undefined) return undefined;
  const isSame = price?.input === input && price.output === output;
  if (price && isSame && price.cacheRead === cacheRead && price.cacheWrite === cacheWrite) return price;
  return {
    input,
    output,
    asOf: today,
    ...(cacheRead === undefined ? {} : { cacheRead }),
    ...(cacheWrite === undefined ? {} : { cacheWrite }),
  };
}

/** For `register`: an empty field is left out, the others are numbers. */
export const asNumber = {
  setValueAs: (value: unknown) => (value === '' || value === undefined || value === null ? undefined : Number(value)),
};
