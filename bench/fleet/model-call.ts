/** What a supervisor tells of one call to a model, as large as a real one; its id and its start are each item's own. */
export const modelCall = {
  model: 'clawster-demo',
  provider: 'openai',
  dialect: 'openai-completions',
  upstreamModel: 'clawster-demo-2026-11',
  upstream: 0,
  tries: 1,
  ok: true,
  outcome: 'answered',
  usage: { inputTokens: 2_412, outputTokens: 317, cacheReadTokens: 128, cacheWriteTokens: 0 },
  costUsd: 0.0119634,
  priceVersion: '2026-11-18 3/15/0.3/3.75',
  ttfbMs: 840,
  durationMs: 4_120,
};
