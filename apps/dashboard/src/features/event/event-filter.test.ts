import { eventTypes } from '@clawster/contract/event-types';
import { expect, test } from 'vitest';
import { nounWords } from './event-filter.ts';

test('every event is about something that can be chosen', () => {
  const nouns = Object.keys(nounWords);
  const missing = eventTypes.filter((type) => !nouns.some((noun) => type.startsWith(`${noun}-`)));
  expect(missing).toEqual([]);
});
