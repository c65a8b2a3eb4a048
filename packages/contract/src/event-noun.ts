import type { EventType } from './event.ts';

/** The noun an event is about: what a dashboard refreshes and what wakes a loop (`bot` for `bot-phase-changed`). */
export function eventNoun(type: EventType): string {
  return ofTwoWords.find((noun) => type.startsWith(`${noun}-`)) ?? (type.split('-', 1)[0] as string);
}

const ofTwoWords = ['api-key', 'service-account'];
