import type { RealProvider } from '@clawster/contract/connector';

type Shown = { name: string; baseUrl: string };

/** The providers as people know them, in the order they are offered. */
export const providers: Record<RealProvider, Shown> = {
  openai: { name: 'OpenAI', baseUrl: 'https://api.openai.com/v1' },
  anthropic: { name: 'Anthropic', baseUrl: 'https://api.anthropic.com' },
  google: { name: 'Google', baseUrl: 'https://generativelanguage.googleapis.com/v1beta' },
  openrouter: { name: 'OpenRouter', baseUrl: 'https://openrouter.ai/api/v1' },
  'openai-compatible': { name: 'OpenAI-compatible', baseUrl: 'http://127.0.0.1:11434/v1' },
};

export const providerNames = Object.entries(providers) as [RealProvider, Shown][];
