import type { OpenAiApi, RealProvider } from '@clawster/contract/connector';

/** What a model provider is asked with. */
export type Connection = {
  provider: RealProvider;
  api?: OpenAiApi | undefined;
  baseUrl?: string | undefined;
  apiKey?: string | undefined;
  model: string;
};

const defaultBaseUrl = {
  openai: 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com',
  google: 'https://generativelanguage.googleapis.com/v1beta',
  openrouter: 'https://openrouter.ai/api/v1',
  'openai-compatible': 'https://api.openai.com/v1',
} as const;

/** Where a provider is asked, also when the connector does not say. */
export function baseUrlOf({ provider, baseUrl }: Pick<Connection, 'provider' | 'baseUrl'>): string {
  return (baseUrl ?? defaultBaseUrl[provider]).replace(/\/+$/, '');
}
