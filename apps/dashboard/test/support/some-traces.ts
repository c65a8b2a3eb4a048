import type { Span, SpanKind, Turn } from '@clawster/contract/trace';
import type { Bot } from '@clawster/contract/bot';
import type { World } from './world.ts';

/** A turn as the stand-in keeps it, with all that happened in it. */
export type StandInTurn = Turn & { session: string; spans: Span[] };

const noTokens = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, unpriced: 0 };
const priceUsd = { in: 3e-6, out: 15e-6 };

type Draft = {
  bot: Bot;
  id: string;
  secondsAgo: number;
  channel?: string;
  person?: Turn['person'];
  asked: string;
  answered?: string;
  /** Each with what it took and how it ended. */
  tools?: { name: string; ms: number; failure?: string }[];
  outcome?: Turn['outcome'];
  failure?: string;
  traceId?: string;
  /** The piece of another bot that it is a part of. */
  parentId?: string;
};

/** A turn with its messages, its calls of a model, one before each tool and one for the answer, and its tools. */
export function makeTurn(draft: Draft): StandInTurn {
  const { bot, id, person, asked, answered, failure, traceId = `trace-${id}`, tools = [] } = draft;
  const channel = draft.channel ?? 'telegram';
  const spans = spansOf({ ...draft, channel });
  const [{ at, durationMs, outcome }] = spans;
  const sumOf = (figure: (span: Span) => number) => spans.reduce((sum, span) => sum + figure(span), 0);
  return {
    id,
    traceId,
    botId: bot.id,
    botName: bot.name,
    at,
    durationMs,
    outcome,
    ...(failure ? { failure } : {}),
    session: `agent:main:${channel}:${person?.id ?? 'main'}`,
    channel,
    ...(person ? { person } : {}),
    tools: [...new Set(tools.map(({ name }) => name))],
    toolCalls: tools.length,
    modelCalls: spans.filter(({ kind }) => kind === 'model-call').length,
    inputTokens: sumOf((span) => span.inputTokens),
    outputTokens: sumOf((span) => span.outputTokens),
    cacheReadTokens: sumOf((span) => span.cacheReadTokens),
    cacheWriteTokens: 0,
    costUsd: sumOf((span) => span.costUsd ?? 0),
    unpriced: 0,
    text: { in: asked, ...(answered ? { out: answered } : {}) },
    spans,
  };
}

/** The turn itself first, then what happened in it, one after the other. */
function spansOf(draft: Draft & { channel: string }): [Span, ...Span[]] {
  const { bot, id, channel, person, asked, answered, tools = [], outcome = 'ok', failure, parentId } = draft;
  const who = { botId: bot.id, botName: bot.name, channel, estimated: false, ...(person ? { person } : {}) };
  const began = Date.now() - draft.secondsAgo * 1000;
  let now = began;
  const spans: Span[] = [];
  const add = (kind: SpanKind, durationMs: number, more: Partial<Span> = {}) => {
    const at = new Date(now).toISOString();
    const own = { id: `${id}-${spans.length}`, parentId: id, kind, name: '', at, durationMs, outcome: 'ok' as const };
    spans.push({ ...who, ...noTokens, ...own, ...more });
    now += durationMs;
  };
  add('message-in', 0, { text: { in: asked }, characters: { in: asked.length } });
  for (const { name, ms, failure: broken } of tools) {
    add('model-call', 1_380, modelCall(1_200 + spans.length * 90, 40));
    const text = { in: `{ "query": "${asked.slice(0, 24)}" }`, out: broken ?? 'ok: 3 lines' };
    const characters = { in: text.in.length, out: text.out.length };
    const ended = broken ? { outcome: 'failed' as const, failure: broken } : {};
    add(name.startsWith('ask ') ? 'delegation' : 'tool-call', ms, { name, text, characters, ...ended });
  }
  const last = lastCall(draft, 1_200 + spans.length * 90);
  if (last) add('model-call', last.durationMs, last);
  if (answered) add('message-out', 140, { text: { out: answered }, characters: { out: answered.length } });
  const turn = {
    id,
    kind: 'turn' as const,
    name: '',
    at: new Date(began).toISOString(),
    durationMs: now - began,
    outcome,
  };
  const more = { ...(failure ? { failure } : {}), ...(parentId ? { parentId } : {}) };
  return [{ ...who, ...noTokens, ...turn, ...more }, ...spans];
}

/** Of a turn that was stopped there is none. */
function lastCall({ outcome = 'ok', failure }: Draft, inputTokens: number) {
  if (outcome === 'ok') return { ...modelCall(inputTokens, 120), durationMs: 2_340 };
  if (outcome !== 'failed') return undefined;
  const refused = { name: 'gpt-6-sol', provider: 'openai', outcome, tries: 3, durationMs: 3_200 };
  return { ...refused, ...(failure ? { failure } : {}) };
}

function modelCall(inputTokens: number, outputTokens: number): Partial<Span> {
  return {
    name: 'gpt-6-sol',
    inputTokens,
    outputTokens,
    cacheReadTokens: 640,
    costUsd: inputTokens * priceUsd.in + outputTokens * priceUsd.out,
    provider: 'openai',
    priceVersion: '2026-11',
    ttfbMs: 480,
    tries: 1,
  };
}

const mira = { id: 'person-4fk2m9x1qa', name: 'Mira Okafor' };
const noor = { id: 'person-8c0zt7w3ye' };

const questions: [asked: string, answered: string][] = [
  ['Which trains go to Lyon tomorrow before nine?', 'Two: **06:12** and **08:04**, both direct.'],
  ['Can you move my booking to Friday?', 'Done. Your booking is on Friday at 10:30 now.'],
  ['Where is my parcel?', 'It left the depot this morning and is expected before 17:00.'],
  ['Summarise the notes of the last meeting', 'Three points: budget, hiring, and the move in March.'],
];

/** Days of work of several bots: failures, one trace across two bots, and one that went in circles. */
export function giveTraces(world: World): void {
  const [first, second = first, third = first] = world.bots.filter(({ spec }) => spec.desired !== 'destroyed');
  if (!first || !second || !third) return;
  const bots = [first, second, third];
  const turns = Array.from({ length: 140 }, (_, at) => {
    const [asked, answered] = questions[at % questions.length] ?? ['', ''];
    const isWrong = at % 17 === 5;
    return makeTurn({
      bot: bots[at % 3] ?? first,
      id: `run-${at}`,
      secondsAgo: 900 + at * 1_460,
      channel: ['telegram', 'slack', 'clawster'][at % 3] ?? 'clawster',
      person: at % 2 === 0 ? mira : noor,
      asked,
      ...(isWrong ? { outcome: 'failed', failure: 'The provider answered 429: too many requests' } : { answered }),
      tools:
        at % 4 === 0
          ? [
              { name: 'web_search', ms: 1_250 },
              { name: 'read', ms: 80 },
            ]
          : [],
    });
  });
  world.turns.push(...acrossBots(first, second), circling(third), ...turns);
}

/** One bot asks another, which fails at first. */
function acrossBots(first: Bot, second: Bot): StandInTurn[] {
  const traceId = 'trace-across';
  const asking = makeTurn({
    bot: first,
    id: 'run-asking',
    traceId,
    secondsAgo: 240,
    person: mira,
    asked: 'Find out what the museum costs for five, and book it for Sunday',
    answered: 'Booked for Sunday at 11:00. Five tickets are 62 euros; the little one goes in free.',
    tools: [
      { name: 'web_search', ms: 1_840 },
      { name: `ask ${second.name}`, ms: 9_400 },
      { name: 'exec', ms: 210 },
    ],
  });
  const delegation = asking.spans.find(({ kind }) => kind === 'delegation');
  const asked = makeTurn({
    bot: second,
    id: 'run-asked',
    traceId,
    secondsAgo: 240 - (Date.parse(delegation?.at ?? '') - Date.parse(asking.at)) / 1000,
    channel: 'clawster',
    asked: 'What do five tickets for the museum cost on Sunday?',
    answered: '62 euros: four at 15.50, one child free.',
    tools: [
      { name: 'web_fetch', ms: 3_020, failure: 'The site answered 503: it is down for maintenance' },
      { name: 'web_fetch', ms: 1_410 },
    ],
    ...(delegation ? { parentId: delegation.id } : {}),
  });
  const call = asked.spans.find(({ kind }) => kind === 'model-call');
  if (call)
    call.difference = {
      openclaw: { inputTokens: call.inputTokens - 40, outputTokens: call.outputTokens },
      why: 'The model gateway counted 40 tokens more than OpenClaw.',
    };
  return [asking, asked];
}

function circling(bot: Bot): StandInTurn {
  return makeTurn({
    bot,
    id: 'run-circling',
    secondsAgo: 600,
    channel: 'slack',
    person: noor,
    asked: 'Keep trying until the invoice opens',
    tools: Array.from({ length: 24 }, () => ({ name: 'read', ms: 60, failure: 'No such file: invoice.pdf' })),
    outcome: 'aborted',
  });
}
