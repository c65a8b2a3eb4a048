import type { Provider } from '@clawster/contract/connector';
import type { ConnectorModel, ModelPrice } from '@clawster/contract/model';

/**
 * List prices of well-known models on `asOf`, of developers.openai.com/api/docs/pricing, platform.claude.com/docs (pricing
 * and models) and ai.google.dev/gemini-api/docs/pricing, in part as price tables of that day copied them. Standard service,
 * no batch. A model that is not here has no price until a person enters one.
 */
const asOf = '2026-11-18';

type Known = Omit<ConnectorModel, 'id' | 'price'> & { price: Omit<ModelPrice, 'asOf'> };

const text = ['text'] as const;
const sight = [...text, 'image'] as const;
const [k128, k200, m1] = [128_000, 200_000, 1_000_000];
const windows = {
  openai: { contextWindow: 1_050_000, maxTokens: k128 },
  claude: { contextWindow: m1, maxTokens: k128 },
};
const geminiWindow = { contextWindow: 1_048_576, maxTokens: 65_536 };

/** OpenAI asks twice the price of input and half more of output where a prompt has more than 272,000 tokens. */
function openai(input: number, output: number, [cacheRead, cacheWrite]: [number, number?]): Known {
  const long = {
    above: 272_000,
    input: input * 2,
    output: output * 1.5,
    cacheRead: cacheRead * 2,
    ...(cacheWrite === undefined ? {} : { cacheWrite: cacheWrite * 2 }),
  };
  const rates = { input, output, cacheRead, ...(cacheWrite === undefined ? {} : { cacheWrite }) };
  return { ...windows.openai, inputs: [...sight], price: { ...rates, long } };
}

/** Anthropic's cache of five minutes is written at a quarter more than input costs. */
function claude(input: number, output: number, cacheRead: number): Known {
  const price = { input, output, cacheRead, cacheWrite: input * 1.25 };
  return { ...windows.claude, inputs: [...sight], price };
}

/** The one model of Anthropic's that costs more where a prompt has more than 100,000 tokens. */
const claudeHaiku: Known = {
  ...claude(0.1, 0.5, 0.01),
  price: {
    ...claude(0.1, 0.5, 0.01).price,
    long: { above: 100_000, ...claude(0.5, 2.5, 0.05).price },
  },
};

function gemini(input: number, output: number, cacheRead: number): Known {
  return { ...geminiWindow, inputs: [...sight], price: { input, output, cacheRead } };
}

const known: Partial<Record<Provider, Record<string, Known>>> = {
  openai: {
    'gpt-6.2-astra': openai(8, 40, [0.4, 10]),
    'gpt-6.2-sol': openai(2, 10, [0.1, 2.5]),
    'gpt-6.1-sol': openai(2, 10, [0.1]),
    'gpt-6-astra': openai(10, 50, [1]),
    'gpt-6-sol': openai(2, 10, [0.2, 2.5]),
    'gpt-6-luna': openai(0.1, 0.5, [0.01, 0.125]),
  },
  anthropic: {
    'claude-fable-5-1': claude(10, 50, 0.25),
    'claude-opus-5-5': claude(4, 20, 0.2),
    'claude-opus-5': claude(5, 25, 0.5),
    'claude-sonnet-5-5': claude(2, 10, 0.1),
    'claude-sonnet-5': claude(2, 10, 0.2),
    'claude-haiku-5-5': claudeHaiku,
    'claude-haiku-4-5': { ...claude(1, 5, 0.1), contextWindow: k200, maxTokens: 64_000 },
  },
  google: {
    'gemini-4-neon': gemini(3, 15, 0.15),
    'gemini-4-hydrogen': gemini(1.5, 7.5, 0.075),
    'gemini-3.8-flash': gemini(0.75, 3.75, 0.075),
  },
};

/** The names of the models whose list prices are known, for a person to choose from. */
export function knownModels(provider: Provider): string[] {
  return Object.keys(known[provider] ?? {});
}

/** A model with what is known of it: what it can and its list price; of a stranger no more than that it reads text. */
export function suggestedModel(provider: Provider, id: string): ConnectorModel {
  const found = known[provider]?.[id];
  if (!found) return { id, inputs: [...text] };
  return { id, ...found, price: { ...found.price, asOf } };
}
