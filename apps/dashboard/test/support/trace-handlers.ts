import type { CrossCheck, ListTurns, Span, Turn } from '@clawster/contract/trace';
import { Refused } from './refused.ts';
import type { StandInTurn } from './some-traces.ts';
import { type Handler, identityOf, type World } from './world.ts';

type Asked = Partial<Omit<ListTurns, 'cursor' | 'limit'>>;
type Paged = { cursor?: string; limit: number };

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** What the stand-in says of the turns it was given. */
export const traceHandlers: Record<string, Handler> = {
  'traces.turns': (world, { cursor, limit, ...asked }: Asked & Paged) => {
    if (asked.search && !mayRead(world)) throw new Refused('forbidden', 'Your role does not include what was said');
    return pageOf(
      matching(world, asked).map((turn) => toTurn(world, turn)),
      { cursor, limit },
    );
  },
  'traces.get': (world, { traceId }: { traceId: string }) => getTrace(world, traceId),
  'traces.conversations': (world, { cursor, limit, ...asked }: Asked & Paged) =>
    pageOf([...conversations(world, asked).values()].map(conversationOf), { cursor, limit }),
  'traces.conversation': (world, { cursor, limit, ...asked }: Asked & Paged) => {
    const turns = matching(world, { ...asked, from: new Date(0).toISOString() });
    if (turns.length === 0) throw new Refused('not-found', 'There is no such conversation');
    const told = turns.map((turn) => ({ ...toTurn(world, turn), spans: turn.spans.slice(1).map(textFor(world)) }));
    return { ...pageOf(told, { cursor, limit }), conversation: conversationOf(turns) };
  },
  'traces.messages': (world, asked: Asked) =>
    overview(world, asked, (turn) => [[`${turn.botId} ${turn.channel}`, turn]], messageUse),
  'traces.tools': (world, asked: Asked) =>
    overview(
      world,
      asked,
      ({ spans }) => spans.filter(isTool).map((span) => [`${span.botId} ${span.name}`, span]),
      toolUse,
    ),
  'traces.loops': (world, asked: Asked) => ({
    items: matching(world, asked)
      .filter(({ toolCalls }) => toolCalls >= 20)
      .map(({ id, ...turn }) => ({
        ...turn,
        turnId: id,
        why: `Called read ${turn.toolCalls} times, and it failed each time`,
      })),
  }),
  'traces.crossCheck': (world, asked: Asked) => ({ ...timeOf(asked), items: crossCheck(world, asked) }),
};

const isTool = ({ kind, name }: Span) => kind === 'tool-call' && name !== '';

function mayRead(world: World): boolean {
  return identityOf(world).permissions.includes('conversation:read');
}

function timeOf({ from, to }: Asked) {
  return { from: from ?? new Date(Date.now() - dayMs).toISOString(), to: to ?? new Date().toISOString() };
}

/** The latest first. */
function matching({ turns }: World, asked: Asked): StandInTurn[] {
  const { from, to } = timeOf(asked);
  const words = asked.search?.toLowerCase().split(' ') ?? [];
  return turns
    .filter((turn) => turn.at >= from && turn.at <= to && fits(turn, asked))
    .filter(({ text }) =>
      words.every((word) =>
        JSON.stringify(text ?? '')
          .toLowerCase()
          .includes(word),
      ),
    )
    .toSorted((one, other) => other.at.localeCompare(one.at));
}

function fits(turn: StandInTurn, { botId, channel, session, tool, outcome }: Asked): boolean {
  return (
    (!botId || turn.botId === botId) &&
    (!channel || turn.channel === channel) &&
    (!session || turn.session === session) &&
    (!tool || turn.tools.includes(tool)) &&
    (!outcome || (outcome === 'not-ok' ? turn.outcome !== 'ok' : turn.outcome === outcome))
  );
}

function pageOf<Item>(items: Item[], { cursor, limit }: { cursor?: string | undefined; limit: number }) {
  const next = Number(cursor ?? 0) + limit;
  return { items: items.slice(next - limit, next), ...(next < items.length ? { nextCursor: String(next) } : {}) };
}

function textFor(world: World) {
  return ({ text, ...span }: Span): Span => ({ ...span, ...(text && mayRead(world) ? { text } : {}) });
}

function toTurn(world: World, { text, ...turn }: StandInTurn): StandInTurn {
  return { ...turn, ...(text && mayRead(world) ? { text } : {}) };
}

function getTrace(world: World, traceId: string) {
  const turns = world.turns.filter((turn) => turn.traceId === traceId);
  if (turns.length === 0) throw new Refused('not-found', 'There is no such trace');
  const sumOf = (figure: (turn: Turn) => number) => turns.reduce((sum, turn) => sum + figure(turn), 0);
  return {
    traceId,
    spans: turns.flatMap(({ spans }) => spans).map(textFor(world)),
    more: 0,
    startedAt: turns.map(({ at }) => at).toSorted()[0],
    endedAt: new Date(Math.max(...turns.map(({ at, durationMs }) => Date.parse(at) + durationMs))).toISOString(),
    inputTokens: sumOf((turn) => turn.inputTokens),
    outputTokens: sumOf((turn) => turn.outputTokens),
    cacheReadTokens: sumOf((turn) => turn.cacheReadTokens),
    cacheWriteTokens: 0,
    costUsd: sumOf((turn) => turn.costUsd),
    unpriced: 0,
  };
}

function conversations(world: World, asked: Asked): Map<string, StandInTurn[]> {
  const all = matching(world, { ...asked, from: new Date(0).toISOString() });
  return Map.groupBy(all, ({ botId, session }) => `${botId} ${session}`);
}

function conversationOf(turns: StandInTurn[]) {
  const [last] = turns;
  if (!last) throw new TypeError('A conversation has a turn');
  const { botId, botName, session, channel, person, at: lastAt } = last;
  const failed = turns.filter(({ outcome }) => outcome !== 'ok').length;
  const common = { botId, session, channel, firstAt: turns.at(-1)?.at, lastAt, turns: turns.length, failed };
  return { ...common, ...(botName ? { botName } : {}), ...(person ? { person } : {}) };
}

type Counted = {
  at: string;
  outcome: Turn['outcome'];
  durationMs: number;
  botId: string;
  botName?: string | undefined;
};

/** What is counted by key, the most first, and all of it over time: by hour up to three days, else by day. */
function overview<Item extends Counted>(
  world: World,
  asked: Asked,
  pick: (turn: StandInTurn) => [key: string, item: Item][],
  row: (items: Item[]) => object,
) {
  const time = timeOf(asked);
  const everyMs = Date.parse(time.to) - Date.parse(time.from) > 3 * dayMs ? dayMs : hourMs;
  const tool = asked.tool;
  const picked = matching(world, asked)
    .flatMap(pick)
    .filter(([key]) => !tool || key.endsWith(` ${tool}`));
  const groups = [...Map.groupBy(picked, ([key]) => key).values()].toSorted((one, other) => other.length - one.length);
  const slots = Map.groupBy(picked, ([, { at }]) => Math.floor(Date.parse(at) / everyMs) * everyMs);
  return {
    ...time,
    items: groups.map((group) => row(group.map(([, item]) => item))),
    more: 0,
    series: [...slots]
      .toSorted(([one], [other]) => one - other)
      .map(([at, items]) => ({
        at: new Date(at).toISOString(),
        count: items.length,
        failed: items.filter(([, { outcome }]) => outcome !== 'ok').length,
      })),
  };
}

function common(items: Counted[]) {
  const times = items.map(({ durationMs }) => durationMs).toSorted((one, other) => one - other);
  const { botId, botName } = items[0] ?? {};
  return {
    botId,
    botName,
    failed: items.filter(({ outcome }) => outcome !== 'ok').length,
    p50Ms: times[Math.floor(times.length * 0.5)],
    p95Ms: times[Math.floor(times.length * 0.95)],
  };
}

function messageUse(turns: StandInTurn[]) {
  const { failed, ...rest } = common(turns);
  const counts = { received: turns.length, sent: turns.length - failed, turns: turns.length, unanswered: failed };
  return { ...rest, ...counts, failed, channel: turns[0]?.channel };
}

function toolUse(spans: Span[]) {
  return { ...common(spans), tool: spans[0]?.name, uses: spans.length };
}

function crossCheck(world: World, asked: Asked): CrossCheck[] {
  return [...Map.groupBy(matching(world, asked), ({ botId }) => botId).values()].flatMap((turns) => {
    const [turn] = turns;
    if (!turn) return [];
    const calls = turns.flatMap(({ spans }) => spans).filter(({ kind }) => kind === 'model-call');
    const sumOf = (figure: (span: Span) => number) => calls.reduce((sum, span) => sum + figure(span), 0);
    const outputTokens = sumOf((span) => span.outputTokens);
    const inputTokens = sumOf((span) => span.inputTokens);
    const used = sumOf((span) => span.difference?.openclaw.inputTokens ?? span.inputTokens);
    return {
      botId: turn.botId,
      ...(turn.botName ? { botName: turn.botName } : {}),
      gateway: { calls: calls.length, inputTokens, outputTokens },
      openclaw: { calls: calls.length, inputTokens: used, outputTokens },
      unused: 2,
      unseen: 0,
      dropped: 0,
    };
  });
}
