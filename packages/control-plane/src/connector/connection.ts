/** What a model provider is asked with. */
export type Connection = {
  provider: 'openai-compatible' | 'anthropic';
  baseUrl?: string | undefined;
  apiKey?: string | undefined;
  model: string;
};

const defaultBaseUrl = {
  'openai-compatible': 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com',
} as const;

/** Where a provider is asked, also when the connector does not say. */
export function baseUrlOf({ provider, baseUrl }: Pick<Connection, 'provider' | 'baseUrl'>): string {
  return (baseUrl ?? defaultBaseUrl[provider]).replace(/\/+$/, '');
}
