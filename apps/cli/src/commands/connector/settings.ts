import { BaseUrl, ModelId } from '@clawster/contract/connector';
import { z } from 'zod';
import type { World } from '../../world.ts';
import { askHidden, readSecretFromStdin } from '../../prompt.ts';

/** What `connector create` and `connector test` both take. The key comes from a hidden prompt or standard input, never argv. */
export const connectionOptions: [string, string][] = [
  ['--provider <provider>', 'openai-compatible (the default) or anthropic'],
  ['--base-url <url>', "the provider's address, such as http://127.0.0.1:11434/v1"],
  ['--model <model>', 'the model, as the provider spells it'],
  ['--api-key-stdin', 'read the API key from standard input instead of asking for it'],
  ['--no-api-key', 'the provider needs none'],
];

export const connectionInput = {
  provider: z.enum(['openai-compatible', 'anthropic']).default('openai-compatible'),
  baseUrl: BaseUrl.optional(),
  model: ModelId,
  apiKeyStdin: z.boolean().default(false),
  apiKey: z.boolean().default(true),
};

export async function readApiKey(
  world: World,
  { apiKey, apiKeyStdin }: { apiKey: boolean; apiKeyStdin: boolean },
): Promise<{ apiKey?: string }> {
  if (!apiKey) return {};
  return {
    apiKey: apiKeyStdin
      ? await readSecretFromStdin(world)
      : await askHidden(world, 'API key', '--api-key-stdin or --no-api-key'),
  };
}
