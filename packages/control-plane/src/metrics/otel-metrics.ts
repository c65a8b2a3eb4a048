import type { Attributes } from '@opentelemetry/api';
import { providerName } from '../exporter/otel-attributes.ts';
import type { OtelMetrics } from '../exporter/otlp.ts';
import { timeOf } from '../exporter/otel-span.ts';
import { bounds, histogramsOf } from './histogram.ts';
import type { BotFigures, Figures, Usage } from './read-figures.ts';

type OtelMetric = OtelMetrics['scopeMetrics'][number]['metrics'][number];
type Described = { name: string; description: string; unit: string };
type Point = { attributes: Attributes; value: number };
type Counted = { attributes: Attributes; counts: number[]; bounds: number[]; sum: number };

/** What each bot came to, as metrics by the conventions for generative AI: sums from when the figures began until now. */
export async function toOtelMetrics({ since, bots }: Figures, now: Date) {
  const { AggregationTemporality, DataPointType } = await import('@opentelemetry/sdk-metrics');
  const { ValueType } = await import('@opentelemetry/api');
  const times = { startTime: timeOf(since.getTime()), endTime: timeOf(now.getTime()) };
  const common = { aggregationTemporality: AggregationTemporality.CUMULATIVE };
  const sum = (descriptor: Described, points: Point[], valueType = ValueType.INT): OtelMetric[] =>
    points.length === 0
      ? []
      : [
          {
            ...common,
            descriptor: { ...descriptor, valueType },
            dataPointType: DataPointType.SUM,
            isMonotonic: true,
            dataPoints: points.map((point) => ({ ...times, ...point })),
          },
        ];
  const histogram = (descriptor: Described, points: Counted[]): OtelMetric[] =>
    points.length === 0
      ? []
      : [
          {
            ...common,
            descriptor: { ...descriptor, valueType: ValueType.DOUBLE },
            dataPointType: DataPointType.HISTOGRAM,
            dataPoints: points.map(({ attributes, counts, bounds: boundaries, sum: all }) => ({
              ...times,
              attributes,
              value: { buckets: { boundaries, counts }, sum: all, count: counts.reduce((one, two) => one + two, 0) },
            })),
          },
        ];
  return bots.map((figures) => ({
    bot: figures.bot,
    metrics: [
      ...histogram(described.tokens, tokenPoints(figures)),
      ...histogram(described.durations, durationPoints(figures)),
      ...sum(described.cost, points(figures, 'model-call', costOf), ValueType.DOUBLE),
      ...sum(
        described.turns,
        points(
          figures,
          'turn',
          outcomesOf(({ name }) => ({ 'clawster.channel': name })),
        ),
      ),
      ...sum(
        described.tools,
        points(
          figures,
          'tool-call',
          outcomesOf(({ name }) => ({ 'gen_ai.tool.name': name })),
        ),
      ),
    ],
  }));
}

const described = {
  tokens: { name: 'gen_ai.client.token.usage', description: 'Tokens of calls to models', unit: '{token}' },
  durations: { name: 'gen_ai.client.operation.duration', description: 'How long operations took', unit: 's' },
  cost: { name: 'clawster.cost', description: 'What calls to models cost, where their price is known', unit: 'USD' },
  turns: { name: 'clawster.turns', description: 'Messages and all that was done to answer them', unit: '{turn}' },
  tools: { name: 'clawster.tool_calls', description: 'Uses of tools', unit: '{call}' },
} satisfies Record<string, Described>;

const operations: Readonly<Record<string, string>> = {
  turn: 'invoke_agent',
  'model-call': 'chat',
  'tool-call': 'execute_tool',
};

const ofModel = ({ name, provider }: Usage): Attributes => ({
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': providerName(provider),
  'gen_ai.request.model': name,
});

/** The conventions want a histogram; of tokens only how many calls and how many in all is kept, and so it has no bounds. */
function tokenPoints(figures: BotFigures): Counted[] {
  return figures.usage
    .filter(({ kind }) => kind === 'model-call')
    .flatMap((usage) => {
      const { count, inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens } = usage;
      const point = (type: string, sum: number): Counted => ({
        attributes: { ...ofModel(usage), 'gen_ai.token.type': type },
        counts: [count],
        bounds: [],
        sum,
      });
      return [point('input', inputTokens + cacheReadTokens + cacheWriteTokens), point('output', outputTokens)];
    });
}

function durationPoints(figures: BotFigures): Counted[] {
  return histogramsOf(figures).map(({ kind, counts, sumSeconds }) => ({
    attributes: { 'gen_ai.operation.name': operations[kind] ?? kind, 'gen_ai.provider.name': 'openclaw' },
    counts,
    bounds,
    sum: sumSeconds,
  }));
}

const costOf = (usage: Usage): Point[] => [{ attributes: ofModel(usage), value: usage.costUsd }];

const outcomesOf =
  (attributes: (usage: Usage) => Attributes) =>
  (usage: Usage): Point[] => [
    { attributes: { ...attributes(usage), 'clawster.outcome': 'ok' }, value: usage.count - usage.failed },
    { attributes: { ...attributes(usage), 'clawster.outcome': 'failed' }, value: usage.failed },
  ];

function points({ usage }: BotFigures, kind: string, pointsOf: (usage: Usage) => Point[]): Point[] {
  return usage.filter((one) => one.kind === kind).flatMap(pointsOf);
}
