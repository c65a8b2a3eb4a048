export type TokenUsage = { inputTokens: number; outputTokens: number; cachedTokens: number };

/** Counts the tokens of one answer as it streams past, in either dialect; undefined if the provider did not say. */
export function usageCounter() {
  let usage: TokenUsage | undefined;
  let rest = '';
  const decoder = new TextDecoder();

  function take(text: string) {
    const found = usageIn(text);
    if (found) usage = { ...(usage ?? { inputTokens: 0, outputTokens: 0, cachedTokens: 0 }), ...found };
  }
  return {
    see(chunk: Uint8Array) {
      rest += decoder.decode(chunk, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
      // A body that is one long JSON has no line to cut at; usage stands at its end.
      if (rest.length > 4_000_000) rest = rest.slice(-1_000_000);
    },
    end(): TokenUsage | undefined {
      take(rest);
      return usage;
    },
  };
}

function usageIn(line: string): Partial<TokenUsage> | undefined {
  if (!line.includes('"usage"')) return undefined;
  try {
    const body = JSON.parse(line.replace(/^data:\s*/, '')) as {
      usage?: RawUsage | null;
      message?: { usage?: RawUsage };
    };
    return normalised(body.usage ?? body.message?.usage);
  } catch {
    return undefined;
  }
}

type RawUsage = {
  prompt_tokens?: number;
  completion_tokens?: number;
  prompt_tokens_details?: { cached_tokens?: number } | null;
  input_tokens?: number;
  output_tokens?: number;
  cache_read_input_tokens?: number | null;
};

function normalised(raw: RawUsage | undefined): Partial<TokenUsage> | undefined {
  if (!raw) return undefined;
  const usage: Partial<TokenUsage> = {};
  const input = raw.prompt_tokens ?? raw.input_tokens;
  const output = raw.completion_tokens ?? raw.output_tokens;
  const cached = raw.prompt_tokens_details?.cached_tokens ?? raw.cache_read_input_tokens;
  if (typeof input === 'number') usage.inputTokens = input;
  if (typeof output === 'number') usage.outputTokens = output;
  if (typeof cached === 'number') usage.cachedTokens = cached;
  return usage;
}
