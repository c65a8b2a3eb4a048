/** What a turn did, in order. */
export type TurnSteps = {
  toolCalls: number;
  tools: readonly ToolStep[];
  calls: readonly { atMs: number; tokens: number }[];
};
/** `digest` tells calls with the same arguments, where it is known. */
export type ToolStep = { name: string; failed: boolean; digest?: string | undefined };

/** From so many on nobody expects the next one to help. */
export const loopLimits = { toolCalls: 20, failures: 5, repeats: 5, tokens: 200_000, withinMs: 120_000 };

/** Why a turn went in circles, in a sentence, or undefined when it did not. */
export function whyLoop({ toolCalls, tools, calls }: TurnSteps): string | undefined {
  const failing = longestRun(tools, (tool) => (tool.failed ? tool.name : undefined));
  if (failing && failing.length >= loopLimits.failures) return `${failing.key} failed ${failing.length} times in a row`;
  const same = longestRun(tools, ({ name, digest }) => (digest === undefined ? undefined : `${name}\n${digest}`));
  if (same && same.length >= loopLimits.repeats)
    return `${same.key.split('\n')[0]} was called ${same.length} times in a row with the same arguments`;
  const tokens = mostWithin(calls, loopLimits.withinMs);
  if (tokens > loopLimits.tokens)
    return `It took ${tokens.toLocaleString('en')} tokens within ${loopLimits.withinMs / 60_000} minutes`;
  if (toolCalls >= loopLimits.toolCalls) return `It used tools ${toolCalls} times`;
  return undefined;
}

function longestRun(tools: readonly ToolStep[], keyOf: (tool: ToolStep) => string | undefined) {
  let longest: { key: string; length: number } | undefined;
  let run: { key: string | undefined; length: number } = { key: undefined, length: 0 };
  for (const tool of tools) {
    const key = keyOf(tool);
    run = { key, length: key === run.key ? run.length + 1 : 1 };
    if (key !== undefined && run.length > (longest?.length ?? 0)) longest = { key, length: run.length };
  }
  return longest;
}

function mostWithin(calls: TurnSteps['calls'], withinMs: number): number {
  let [most, sum, first] = [0, 0, 0];
  for (const { atMs, tokens } of calls) {
    sum += tokens;
    while ((calls[first]?.atMs ?? atMs) < atMs - withinMs) {
      sum -= calls[first]?.tokens ?? 0;
      first += 1;
    }
    most = Math.max(most, sum);
  }
  return most;
}
