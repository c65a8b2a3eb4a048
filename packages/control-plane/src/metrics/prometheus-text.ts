import { bounds, histogramsOf } from './histogram.ts';
import type { BotFigures, Figures, Usage } from './read-figures.ts';

type Labels = Record<string, string>;
type Sample = { suffix?: string; labels: Labels; value: number };
type Family = {
  name: string;
  type: 'gauge' | 'counter' | 'histogram';
  help: string;
  samples: (figures: Figures) => Sample[];
};

/** Figures in the text format of Prometheus 0.0.4, one family at a time. */
export async function* prometheusText(figures: Figures): AsyncGenerator<string> {
  for (const { name, type, help, samples } of families) {
    const lines = samples(figures).map(
      ({ suffix = '', labels, value }) => `${name}${suffix}${labelsIn(labels)} ${value}\n`,
    );
    yield `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
  }
}

function labelsIn(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}

function escaped(value: string): string {
  return value
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('"', String.raw`\"`);
}

const named = ({ bot: { id, name } }: BotFigures): Labels => ({ bot: name, bot_id: id });

/** One or more samples for each thing of a kind that a bot did. */
const each =
  (kind: string, samples: (usage: Usage) => Sample[]) =>
  ({ bots }: Figures): Sample[] =>
    bots.flatMap((figures) =>
      figures.usage
        .filter((usage) => usage.kind === kind)
        .flatMap(samples)
        .map(({ labels, ...sample }) => ({ ...sample, labels: { ...named(figures), ...labels } })),
    );

const outcomes =
  (labels: (usage: Usage) => Labels) =>
  (usage: Usage): Sample[] => [
    { labels: { ...labels(usage), outcome: 'ok' }, value: usage.count - usage.failed },
    { labels: { ...labels(usage), outcome: 'failed' }, value: usage.failed },
  ];

/** A model may be asked of two providers. */
const model = ({ name, provider }: Usage): Labels => ({ model: name, provider: provider ?? 'unknown' });

const families: Family[] = [
  {
    name: 'clawster_bot_phase',
    type: 'gauge',
    help: 'The phase a bot is in, as 1',
    samples: ({ bots }) =>
      bots.flatMap((figures) =>
        figures.phase ? [{ labels: { ...named(figures), phase: figures.phase }, value: 1 }] : [],
      ),
  },
  {
    name: 'clawster_told_together',
    type: 'gauge',
    help: 'Bots, and models or tools, beyond those told by name: all of them are told together as other',
    samples: ({ otherBots, otherNames }) => [
      { labels: { what: 'bots' }, value: otherBots },
      { labels: { what: 'names' }, value: otherNames },
    ],
  },
  {
    name: 'clawster_turns_total',
    type: 'counter',
    help: 'Messages and all that was done to answer them, since Monday in UTC',
    samples: each(
      'turn',
      outcomes(({ name }) => ({ channel: name })),
    ),
  },
  {
    name: 'clawster_tool_calls_total',
    type: 'counter',
    help: 'Uses of tools, since Monday in UTC',
    samples: each(
      'tool-call',
      outcomes(({ name }) => ({ tool: name })),
    ),
  },
  {
    name: 'clawster_model_calls_total',
    type: 'counter',
    help: 'Calls to models, since Monday in UTC',
    samples: each('model-call', outcomes(model)),
  },
  {
    name: 'clawster_tokens_total',
    type: 'counter',
    help: 'Tokens of calls to models by what they are, those of the cache apart, since Monday in UTC',
    samples: each('model-call', (usage) => [
      { labels: { ...model(usage), type: 'input' }, value: usage.inputTokens },
      { labels: { ...model(usage), type: 'output' }, value: usage.outputTokens },
      { labels: { ...model(usage), type: 'cache_read' }, value: usage.cacheReadTokens },
      { labels: { ...model(usage), type: 'cache_write' }, value: usage.cacheWriteTokens },
    ]),
  },
  {
    name: 'clawster_cost_usd_total',
    type: 'counter',
    help: 'What calls to models cost where their price is known, since Monday in UTC',
    samples: each('model-call', (usage) => [{ labels: model(usage), value: usage.costUsd }]),
  },
  {
    name: 'clawster_unpriced_calls_total',
    type: 'counter',
    help: 'Calls to models at no known price, which are missing in the cost, since Monday in UTC',
    samples: each('model-call', (usage) => [{ labels: model(usage), value: usage.unpriced }]),
  },
  {
    name: 'clawster_duration_seconds',
    type: 'histogram',
    help: 'How long turns, calls to models and uses of tools took, since Monday in UTC',
    samples: ({ bots }) => bots.flatMap(durations),
  },
];

function durations(figures: BotFigures): Sample[] {
  return histogramsOf(figures).flatMap(({ kind, counts, count, sumSeconds }) => {
    const labels = { ...named(figures), kind };
    let below = 0;
    const buckets = bounds.map((bound, place) => {
      below += counts[place] ?? 0;
      return { suffix: '_bucket', labels: { ...labels, le: String(bound) }, value: below };
    });
    return [
      ...buckets,
      { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: count },
      { suffix: '_sum', labels, value: sumSeconds },
      { suffix: '_count', labels, value: count },
    ];
  });
}
