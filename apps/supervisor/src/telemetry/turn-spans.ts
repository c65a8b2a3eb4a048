import type { SpanData, SpanKind, SpanOutcome } from '@clawster/link/span';
import type { Asked, OpenTurn, TurnEnd } from './session-mark.ts';

/** Something to be told, by its kind. */
export type Told = { [K in SpanKind]: { kind: K; data: SpanData<K> } }[SpanKind];
/** A conversation as it may be named. */
export type Place = { session?: string | undefined };

/** OpenClaw's name of the run, or of the message where no run took it up. */
export function traceOf({ runId, firstId }: Pick<OpenTurn, 'runId' | 'firstId'>): string {
  return runId ?? firstId;
}

/** The trace's, and numbered where a run answered more than once. */
export function turnIdOf(turn: OpenTurn): string {
  return turn.part > 1 ? `${traceOf(turn)}:${turn.part}` : traceOf(turn);
}

/** What all that happens in a turn has in common. */
export function within(turn: OpenTurn, place: Place) {
  return {
    traceId: traceOf(turn),
    parentId: turnIdOf(turn),
    channel: turn.channel,
    ...(place.session ? { session: place.session } : {}),
    ...(turn.person ? { person: turn.person } : {}),
  };
}

export function messageIn(turn: OpenTurn, asked: Asked, place: Place): Told {
  const { id, at, characters, text, person } = asked;
  const own = { ...(text === undefined ? {} : { text: { in: text } }), ...(person ? { person } : {}) };
  return { kind: 'message-in', data: { ...within(turn, place), id, startedAt: iso(at), characters, ...own } };
}

/** One call of a tool; `answer` is absent where none came. */
export function toolCall(
  turn: OpenTurn,
  call: OpenTurn['calls'][number],
  end: {
    at: number;
    outcome: SpanOutcome;
    place: Place;
    failure?: string | undefined;
    answer?: { characters: number; text?: string | undefined };
  },
): Told {
  const { at, outcome, place, failure, answer } = end;
  const said = call.text === undefined && answer?.text === undefined ? undefined : { in: call.text, out: answer?.text };
  return {
    kind: 'tool-call',
    data: {
      ...within(turn, place),
      // A model may give the calls of each of its answers the same names.
      id: `${traceOf(turn)}:${call.id}`,
      name: call.name,
      startedAt: iso(call.at),
      durationMs: Math.max(0, at - call.at),
      outcome,
      characters: { in: call.characters, out: answer?.characters ?? 0 },
      ...(call.digest === undefined ? {} : { digest: call.digest }),
      ...(failure === undefined ? {} : { failure }),
      ...(said ? { text: said } : {}),
    },
  };
}

/** All that a turn comes to that is over: what was not told yet of it, and itself last. */
export function endedTurn(turn: OpenTurn, { outcome, at, failure }: TurnEnd, place: Place): Told[] {
  const { startedAt, tools, toolCalls, same, modelCalls, text, untold, calls } = turn;
  const { parentId: _, ...common } = within(turn, place);
  const noAnswer = { at, place, outcome: outcome === 'ok' ? ('interrupted' as const) : outcome };
  return [
    ...untold.map((asked) => messageIn(turn, asked, place)),
    ...calls.map((call) => toolCall(turn, call, { ...noAnswer, failure: 'The turn ended before the tool did' })),
    {
      kind: 'turn',
      data: {
        ...common,
        id: turnIdOf(turn),
        startedAt: iso(startedAt),
        durationMs: Math.max(0, at - startedAt),
        outcome,
        ...(failure === undefined ? {} : { failure }),
        tools,
        toolCalls,
        repeats: same.most,
        modelCalls,
        ...(text ? { text } : {}),
      },
    },
  ];
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
