import type { Attributes } from '@opentelemetry/api';
import { operations, providerName } from '../exporter/otel-attributes.ts';
import { bounds, histogramsOf } from './histogram.ts';
import { type CountedPoint, type Described, metricData, type Point } from './metric-data.ts';
import type { BotFigures, Figures, Usage } from './read-figures.ts';

/** What each bot came to, as metrics by the conventions for generative AI: sums from when the figures began until now. */
export async function toOtelMetrics({ since, bots }: Figures, now: Date) {
  const { sum, histogram } = await metricData(since, now);
  return bots.map((figures) => ({
    bot: figures.bot,
    metrics: [
      ...histogram(described.tokens, points(figures, 'model-call', tokensOf)),
      ...histogram(described.durations, durationPoints(figures)),
      ...sum(described.cost, points(figures, 'model-call', costOf)),
      ...sum(described.turns, points(figures, 'turn', turnsOf)),
      ...sum(described.tools, points(figures, 'tool-call', toolsOf)),
    ],
  }));
}

const described = {
  tokens: { name: 'gen_ai.client.token.usage', description: 'Tokens of calls to models', unit: '{token}' },
  durations: { name: 'gen_ai.client.operation.duration', description: 'How long operations took', unit: 's' },
  cost: {
    name: 'clawster.cost',
    description: 'What calls to models cost, where their price is known',
    unit: 'USD',
    isMoney: true,
  },
  turns: { name: 'clawster.turns', description: 'Messages and all that was done to answer them', unit: '{turn}' },
  tools: { name: 'clawster.tool_calls', description: 'Uses of tools', unit: '{call}' },
} as const satisfies Record<string, Described & { isMoney?: true }>;

const ofModel = ({ name, provider }: Usage): Attributes => ({
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': providerName(provider),
  'gen_ai.request.model': name,
});

/** The conventions want a histogram; of tokens only how many calls and how many in all is kept, and so it has no bounds. */
function tokensOf(usage: Usage): CountedPoint[] {
  const { count, inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens } = usage;
  const point = (type: string, sum: number): CountedPoint => ({
    attributes: { ...ofModel(usage), 'gen_ai.token.type': type },
    counts: [count],
    bounds: [],
    sum,
  });
  return [point('input', inputTokens + cacheReadTokens + cacheWriteTokens), point('output', outputTokens)];
}

function durationPoints(figures: BotFigures): CountedPoint[] {
  return histogramsOf(figures).map(({ kind, counts, sumSeconds }) => ({
    attributes: { 'gen_ai.operation.name': operations[kind] ?? kind, 'gen_ai.provider.name': 'openclaw' },
    counts,
    bounds,
    sum: sumSeconds,
  }));
}

const costOf = (usage: Usage): Point[] => [{ attributes: ofModel(usage), value: usage.costUsd }];

function outcomesOf(attributes: (usage: Usage) => Attributes) {
  return (usage: Usage): Point[] => [
    { attributes: { ...attributes(usage), 'clawster.outcome': 'ok' }, value: usage.count - usage.failed },
    { attributes: { ...attributes(usage), 'clawster.outcome': 'failed' }, value: usage.failed },
  ];
}

const turnsOf = outcomesOf(({ name }) => ({ 'clawster.channel': name }));
const toolsOf = outcomesOf(({ name }) => ({ 'gen_ai.tool.name': name }));

function points<P>({ usage }: BotFigures, kind: string, pointsOf: (usage: Usage) => P[]): P[] {
  return usage.filter((one) => one.kind === kind).flatMap(pointsOf);
}
