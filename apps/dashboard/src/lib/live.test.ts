import { eventTypes } from '@clawster/contract/event-types';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { liveNouns, nounsOf } from './live.ts';
import { refresher } from './refresher.ts';

test('every event refreshes the list of events, and only nouns that exist', () => {
  for (const type of eventTypes) expect(nounsOf(type)).toContain('events');
  for (const type of eventTypes) expect(liveNouns).toEqual(expect.arrayContaining(nounsOf(type)));
});

test('what is told of a noun refreshes that noun', () => {
  for (const type of eventTypes) {
    const own = liveNouns.filter((noun) => noun.toLowerCase() === `${type.slice(0, type.indexOf('-'))}s`);
    expect(nounsOf(type), type).toEqual(expect.arrayContaining(own));
  }
});

test("a bot's event refreshes the bots and all that counts them", () => {
  const counting = ['connectors', 'channels', 'targets', 'runtimes', 'templates', 'profiles', 'overlays', 'skills'];
  const ofEach = ['configurations', 'revisions', 'health'];
  expect(nounsOf('bot-created').toSorted()).toEqual(['bots', ...counting, ...ofEach, 'events'].toSorted());
});

test('a burst of events costs two refreshes, not a hundred', async () => {
  const queryClient = new QueryClient();
  let fetched = 0;
  const observer = new QueryObserver(queryClient, {
    queryKey: ['bots', 'list'],
    queryFn: () => Promise.resolve((fetched += 1)),
    staleTime: Infinity,
  });
  const leave = observer.subscribe(() => undefined);
  const { refresh, stop } = refresher(queryClient);
  for (let event = 0; event < 100; event += 1) refresh(['bots']);
  await expect.poll(() => fetched).toBe(2);
  stop();
  leave();
});
