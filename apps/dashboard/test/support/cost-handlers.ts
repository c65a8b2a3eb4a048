import type {
  CompareCosts,
  CostAmounts,
  CostGroup,
  CostRow,
  Costs,
  CostSpike,
  TargetCost,
} from '@clawster/contract/cost';
import { forecastMonth } from '@clawster/domain/cost/forecast';
import { readImport } from '@clawster/domain/cost/import-lines';
import { ago } from './fleet.ts';
import { Refused } from './refused.ts';
import type { Handler, World } from './world.ts';

const dayMs = 86_400_000;
export type StandInCosts = {
  /** Whether anything was spent. */
  spent: boolean;
  spikes: CostSpike[];
  prices: Map<string, TargetCost['prices']>;
  /** By target and day. */
  imported: Map<string, number>;
};
export const noCosts = (): StandInCosts => ({ spent: false, spikes: [], prices: new Map(), imported: new Map() });

/** Four weeks of use, the first bot of which cost far more than usual an hour ago. */
export const someCosts = (world: Pick<World, 'bots'>): StandInCosts => ({
  ...noCosts(),
  spent: true,
  spikes: world.bots.slice(0, 1).map(({ id, name }) => ({
    botId: id,
    botName: name,
    at: ago(3_700),
    hour: ago(5_000),
    usd: 4.2,
    usualUsd: 0.3,
    tokens: 1_400_000,
    usualTokens: 90_000,
    why: 'It cost $4.20 within the hour, and usually costs $0.30 at this time of day, by the last 14 days.',
  })),
});

type Part = { kind: CostRow['kind']; key: string; name?: string; perDay: number; machines?: number; unpriced?: number };

/** What each part costs a day, by what it is grouped by. */
function partsOf(world: World, group: CostGroup, botId?: string): Part[] {
  const machines: Part = { kind: 'infrastructure', key: '', perDay: 0, machines: 2.4 };
  const idle: Part = { kind: 'idle', key: '', perDay: 0, machines: 0.6 };
  if (group === 'model')
    return [{ kind: 'group', key: 'gpt-6-sol', perDay: 1.3 }, { kind: 'group', key: 'demo', perDay: 0.0042 }, machines];
  if (group === 'channel')
    return [
      { kind: 'group', key: 'telegram', perDay: 1 },
      { kind: 'none', key: '', perDay: 0.3042, unpriced: 3 },
      machines,
    ];
  const others: Part = { kind: 'none', key: '', perDay: 0.1042, unpriced: 3 };
  const teams = world.teaming.teams.map(({ id, name }): Part => ({ kind: 'group', key: id, name, perDay: 1.2 }));
  if (group === 'team') return [...teams, others, idle];
  if (group === 'label')
    return world.bots.length === 0 || botId
      ? []
      : [
          { kind: 'group', key: 'support', perDay: 0.9, machines: 1 },
          { kind: 'group', key: 'sales', perDay: 0.3, machines: 0.8 },
          others,
          idle,
        ];
  const bots = world.bots.map(({ id, name }, at): Part => ({
    kind: 'group',
    key: id,
    name,
    perDay: 0.8 / (at + 1),
    machines: 0.4,
  }));
  const gone: Part = { kind: 'group', key: '0f3c1d52-1111-4222-8333-444455556666', perDay: 0.0042 };
  return [...bots, gone, idle];
}

/** Days differ, the same way each time. */
const wave = (day: number) => 1 + ((day * 7) % 5) / 10;

function costsOf(
  world: World,
  { from, to, group = 'bot', botId }: Record<string, unknown> & { group?: CostGroup },
): Costs {
  const [first, last] = [Date.parse(String(from)), Date.parse(String(to))];
  const count = (last - first) / dayMs + 1;
  const days = Array.from({ length: count }, (_, at) => new Date(first + at * dayMs).toISOString().slice(0, 10));
  const parts = world.costs.spent ? partsOf(world, group, botId as string | undefined) : [];
  const factor = days.reduce((sum, _, at) => sum + wave(at), 0);
  const rows = parts.map((part) => rowOf(part, factor));
  const sum = (of: (row: CostRow) => number) => rows.reduce((all, row) => all + of(row), 0);
  const day = (back: number) => new Date(first - back * dayMs).toISOString().slice(0, 10);
  const totalUsd = sum((row) => row.totalUsd);
  const amounts = Object.entries(rowOf({ kind: 'none', key: '', perDay: 0 }, 1)).filter(
    ([, value]) => typeof value === 'number',
  );
  const total = Object.fromEntries(amounts.map(([name]) => [name, sum((row) => Number(row[name as keyof CostRow]))]));
  return {
    from: String(from),
    to: String(to),
    before: { from: day(count), to: day(1) },
    rows: rows.map((row) => ({ ...row, share: row.totalUsd / totalUsd })),
    total: { ...(total as unknown as CostAmounts), beforeUsd: totalUsd * 0.8 },
    series: parts.map(({ kind, key, name, perDay, machines = 0 }) => ({
      kind,
      key,
      ...(name === undefined ? {} : { name }),
      days: days.map((one, at) => ({ day: one, usd: (perDay + machines) * wave(at) })),
    })),
    prices: world.costs.spent
      ? pricesOf(
          world,
          days,
          sum(({ modelUsd }) => modelUsd),
        )
      : [],
  };
}

function rowOf({ perDay, machines = 0, unpriced = 0, ...part }: Part, factor: number): CostRow {
  const [modelUsd, infrastructureUsd] = [perDay * factor, machines * factor];
  const calls = Math.round(modelUsd * 90);
  return {
    ...part,
    calls,
    failed: Math.round(calls / 100),
    inputTokens: calls * 8_400,
    outputTokens: calls * 310,
    cacheReadTokens: calls * 5_200,
    cacheWriteTokens: calls * 120,
    unpriced,
    modelUsd,
    infrastructureUsd,
    totalUsd: modelUsd + infrastructureUsd,
    share: 0,
    before: { totalUsd: (modelUsd + infrastructureUsd) * 0.8, calls },
  };
}

function pricesOf({ connectors: [connector] }: World, days: string[], usd: number): Costs['prices'] {
  const one = {
    connectorId: connector?.id ?? '',
    ...(connector ? { connectorName: connector.name } : {}),
    firstDay: days[0] ?? '',
    lastDay: days.at(-1) ?? '',
  };
  return [
    { ...one, model: 'gpt-6-sol', priceVersion: '2026-10-01 2.5/10/0.25/2.5', calls: 1_840, usd },
    { ...one, model: 'own-model', priceVersion: '', calls: 3, usd: 0 },
  ];
}

export const costHandlers: Record<string, Handler> = {
  'costs.list': (world, input) => costsOf(world, input),
  'costs.conversations': ({ bots, costs }, { from, to }) => ({
    from,
    to,
    items: costs.spent
      ? bots.slice(0, 3).map(({ id, name }, at) => ({
          botId: id,
          botName: name,
          session: `agent:main:telegram:direct:${at + 41}`,
          channel: 'telegram',
          person: { id: `person-${at}` },
          lastAt: ago(900 * (at + 1)),
          calls: 120 - 40 * at,
          tokens: 1_200_000 - 400_000 * at,
          unpriced: at,
          usd: 3.2 / (at + 1),
        }))
      : [],
  }),
  'costs.forecast': ({ costs }) => {
    const days = Array.from({ length: 29 }, (_, at) => ({
      day: new Date(Date.now() - (28 - at) * dayMs).toISOString().slice(0, 10),
      usd: costs.spent ? 4 * wave(at) : 0,
    }));
    return forecastMonth(days);
  },
  'costs.comparison': (world, input) => comparisonOf(world, input as CompareCosts),
  'costs.spikes': ({ costs }, { botId }) => ({
    items: costs.spikes.filter((spike) => !botId || spike.botId === botId),
  }),
  'costs.targets': (world) => ({ items: targetsOf(world) }),
  'costs.setTargetPrice': (world, { targetId, usdPerHour, from }) => {
    const { prices } = world.costs;
    const before = prices.get(String(targetId)) ?? [];
    prices.set(String(targetId), [{ from: String(from ?? ago(600)), usdPerHour: Number(usdPerHour) }, ...before]);
    return targetsOf(world).find((target) => target.targetId === targetId);
  },
  'costs.importTargetCosts': (world, { csv }) => importInto(world, String(csv)),
};

function targetsOf({ targets, costs }: World): TargetCost[] {
  return targets.map(({ id, name }) => {
    const days = [...costs.imported.keys()].filter((key) => key.startsWith(id)).map((key) => key.slice(-10));
    const last = days.toSorted().at(-1);
    return {
      targetId: id,
      name,
      prices: costs.prices.get(id) ?? [],
      importedDays: days.length,
      ...(last ? { lastImportedDay: last } : {}),
      monthUsd: costs.spent ? 64.8 : 0,
      idleUsd: costs.spent ? 16.2 : 0,
    };
  });
}

function importInto(world: World, csv: string) {
  const { costs, issues } = readImport(csv, new Date().toISOString().slice(0, 10));
  const unknown = costs.flatMap(({ line, target }) =>
    world.targets.some(({ name }) => name === target) ? [] : [{ line, message: `There is no target named ${target}` }],
  );
  const wrong = [...issues, ...unknown].map(({ line, message }) => ({
    path: 'csv',
    message: `Line ${line}: ${message}`,
  }));
  if (wrong.length > 0) throw new Refused('invalid', 'Nothing was imported', wrong);
  for (const { day, target, usd } of costs)
    world.costs.imported.set(`${world.targets.find(({ name }) => name === target)?.id} ${day}`, usd);
  return { days: costs.length, targets: 1, usd: costs.reduce((sum, { usd }) => sum + usd, 0) };
}

function comparisonOf(_: World, { revision = 1 }: CompareCosts) {
  const sides = { before: { count: 412, value: 0.0123 }, after: { count: 388, value: 0.0081 } };
  const few = revision === 1;
  const tooFew = 'Too few turns to tell: 0 before and 12 after, and 30 are needed on each side.';
  const told = (name: string, verdict: string, text: string) =>
    few
      ? { name, before: { count: 0 }, after: { count: 12 }, verdict: 'too-few', text: tooFew }
      : { name, ...sides, verdict, text };
  return {
    at: ago(86_400),
    from: ago(8 * 86_400),
    to: ago(0),
    otherRevisions: few ? [] : [1],
    measures: [
      told(
        'cost',
        'less',
        'Cost per turn: $0.0123 before, $0.00810 after. It is less, and chance alone would seldom do that.',
      ),
      told('tokens', 'no-difference', 'Tokens per turn: 8,410 before, 8,395 after. The difference may well be chance.'),
      told(
        'failures',
        'no-difference',
        'The share of turns that failed: 1.2% before, 1.5% after. The difference may well be chance.',
      ),
      told(
        'duration',
        'more',
        'The usual duration of a turn: 2.1 s before, 3.4 s after. It is more, and chance alone would seldom do that.',
      ),
    ],
  };
}
