import type { Span, SpanKind, SpanOutcome, Turn } from '@clawster/contract/trace';
import { channelFacts } from '@clawster/domain/channel/kinds';
import type { Look } from '../../ui/state-word.tsx';

/** How something ended, in a word, a shape and a colour. */
export const outcomeLooks: Record<SpanOutcome, Look> = {
  ok: { word: 'Answered', tone: 'ok', shape: 'disc' },
  failed: { word: 'Failed', tone: 'bad', shape: 'cross' },
  refused: { word: 'Refused', tone: 'warn', shape: 'triangle' },
  aborted: { word: 'Stopped', tone: 'off', shape: 'square' },
  interrupted: { word: 'Interrupted', tone: 'warn', shape: 'bars' },
};
/** What turns are chosen by. */
export const outcomeWords = {
  'not-ok': 'Went wrong',
  ok: outcomeLooks.ok.word,
  failed: outcomeLooks.failed.word,
  refused: outcomeLooks.refused.word,
  aborted: outcomeLooks.aborted.word,
  interrupted: outcomeLooks.interrupted.word,
} as const;

/** The same of what only a turn is "answered" in. */
export function outcomeLook({ kind, outcome }: { kind: SpanKind; outcome: SpanOutcome }): Look {
  return outcome === 'ok' && kind !== 'turn' ? { ...outcomeLooks.ok, word: 'Went well' } : outcomeLooks[outcome];
}

export const kindWords: Record<SpanKind, string> = {
  'message-in': 'Message in',
  turn: 'Turn',
  'model-call': 'Model call',
  'tool-call': 'Tool call',
  delegation: 'Delegation',
  'message-out': 'Message out',
};

/** What talks with a bot from the dashboard, the command line or a program. */
const ownChannel = 'clawster';
export const channelWords: Record<string, string> = {
  [ownChannel]: 'Clawster',
  'clawster-task': 'The team',
  'clawster-goal': 'The team',
  ...Object.fromEntries(Object.entries(channelFacts).map(([kind, { name }]) => [kind, name])),
};

/** By which way people reach the bot; OpenClaw knows more ways than Clawster has channels for. */
export function channelWord(channel: string): string {
  return channelWords[channel] ?? (channel || 'Not known');
}

/** A bot by its name, also when it is gone. */
export function botWord({ botName }: { botName?: string | undefined }): string {
  return botName ?? 'A bot that is gone';
}

/** Who was on the other side: the name where names are kept, else the pseudonym. */
export function personWord(person: Turn['person']): string | undefined {
  return person && (person.name ?? person.id);
}

/** What a piece of a trace is of: the model, the tool, the bot or the channel. */
export function spanName(span: Pick<Span, 'kind' | 'name' | 'botName' | 'channel'>): string {
  if (span.kind === 'turn') return botWord(span);
  return span.name || (span.kind.startsWith('message') ? channelWord(span.channel) : kindWords[span.kind]);
}
