import { BaseUrl, OpenAiApi, RealProvider } from '@clawster/contract/connector';
import { ModelId } from '@clawster/contract/model';
import { z } from 'zod';
import type { World } from '../../world.ts';
import { askHidden, readSecretFromStdin } from '../../prompt.ts';

/** What `connector create` and `connector test` both take. The key comes from a hidden prompt or standard input, never argv. */
export const connectionOptions: [string, string][] = [
  ['--provider <provider>', 'openai (the default), anthropic, google, openrouter or openai-compatible'],
  ['--base-url <url>', 'the address, such as http://127.0.0.1:11434/v1; the named providers have one'],
  ['--api <api>', 'of OpenAI: chat-completions (the default) or responses'],
  ['--model <model>', 'the model, as the provider spells it'],
  ['--api-key-stdin', 'read the API key from standard input instead of asking for it'],
  ['--no-api-key', 'the provider needs none'],
];

export const connectionInput = {
  provider: RealProvider.default('openai'),
  baseUrl: BaseUrl.optional(),
  model: ModelId,
  api: OpenAiApi.optional(),
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
