import type { EventRecord } from '@clawster/contract/event';
import { count } from '../../lib/time.ts';
import { type Saying, sayings } from './sayings.ts';

/** An event as one would say it, in two parts round the name of its subject. */
export function sayEvent(event: EventRecord): Saying {
  // A server newer than this page may send a type it does not know yet.
  const saying = sayings[event.type] ?? { before: '', after: event.type.replaceAll('-', ' ') };
  const ofDirectory = event.detail['by'] === 'directory' ? byDirectory[event.type] : undefined;
  return { ...saying, ...(ofDirectory ? { after: ofDirectory } : sayMore(event, saying)) };
}

/** What comes before the name that the details have as `from`. */
const fromWords: Partial<Record<EventRecord['type'], string>> = {
  'bot-cloned': 'was cloned from',
  'workspace-renamed': 'was renamed; before, it was',
};

/** Of what a directory did: nobody signed in, and it is not theirs. */
const byDirectory: Partial<Record<EventRecord['type'], string>> = {
  'person-joined': 'was brought in by the directory',
  'person-identity-linked': 'is taken over by the directory',
  'person-updated': 'was changed by the directory',
};

/** What only the details can say. */
function sayMore({ type, detail }: EventRecord, saying: Saying): Partial<Saying> {
  const { to: phase, why, reason = why, from, mode, bots, kind } = detail;
  if (type === 'operation-phase-changed' && typeof kind === 'string')
    return { before: `The ${kind} of`, after: sayPhase(String(phase), reason) };
  if (type.endsWith('-phase-changed') && typeof phase === 'string') return { after: sayPhase(phase, reason) };
  if (type === 'person-role-changed') return { after: `is ${String(phase)} now, and was ${String(from)}` };
  const wordsBeforeFrom = fromWords[type];
  if (wordsBeforeFrom && typeof from === 'string') return { after: `${wordsBeforeFrom} ${from}` };
  if (type === 'fleet-halted' && typeof bots === 'number')
    return { before: `Emergency stop: ${count(bots, 'bot')} ${bots === 1 ? 'was' : 'were'} ${haltWord(mode)}` };
  return { after: `${saying.after}${whatElse(detail)}` };
}

function whatElse({ emergency, reverted }: EventRecord['detail']): string {
  if (emergency === true) return ' by the emergency stop';
  return reverted === true ? ', and put back' : '';
}

function haltWord(mode: unknown): string {
  return mode === 'pause' ? 'paused' : 'stopped';
}

/** A reason that begins with the phase says it by itself: "is paused; its gateway does not run". */
function sayPhase(phase: string, reason: unknown): string {
  if (typeof reason !== 'string' || reason === '') return `is ${phase}`;
  return reason.toLowerCase().startsWith(phase) ? `is ${phase}${reason.slice(phase.length)}` : `is ${phase}: ${reason}`;
}

export function actorName(actor: EventRecord['actor']): string {
  switch (actor.kind) {
    case 'person':
      return actor.name;
    case 'api-key':
      return `key ${actor.name}`;
    case 'service-account':
    case 'directory':
      return actor.name;
    case 'bot':
      return 'the bot';
    case 'system':
      return 'Clawster';
  }
}
