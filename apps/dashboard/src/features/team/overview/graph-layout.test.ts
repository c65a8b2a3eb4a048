import type { TeamMember } from '@clawster/contract/team';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Edge, nodeSize, peopleId, placedEdges, placesOf, sayEdge } from './graph-layout.ts';

const member = (botId: string, isLead = false): TeamMember => ({
  botId,
  botName: botId,
  phase: 'ready',
  isLead,
  title: '',
  capabilities: [],
  mayDelegate: isLead,
  working: 0,
  waiting: 0,
});
const edge = (fromBotId: string | undefined, toBotId: string, counts: Partial<Edge> = {}): Edge => ({
  ...(fromBotId ? { fromBotId } : {}),
  toBotId,
  open: 0,
  held: 0,
  done: 0,
  refused: 0,
  failed: 0,
  costUsd: 0,
  ...counts,
});
const teamOf = (size: number) => [member('lead', true), ...Array.from({ length: size }, (_, at) => member(`m${at}`))];

test('of a team of whatever size nobody stands on somebody else', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50 }), (size) => {
      const places = [...placesOf(teamOf(size)).values()];
      for (const [at, one] of places.entries())
        for (const other of places.slice(at + 1))
          expect(Math.abs(one.x - other.x) >= nodeSize.width || Math.abs(one.y - other.y) >= nodeSize.height / 2).toBe(
            true,
          );
    }),
  ));

test('the lead stands in the middle, people on the left', () => {
  const places = placesOf(teamOf(3));
  expect(places.get('lead')).toEqual({ x: 0, y: 0 });
  const farthestLeft = Math.min(...[...places.values()].map(({ x }) => x));
  expect(places.get(peopleId)?.x).toBe(farthestLeft);
});

test('there and back are two arrows; of who has left there is none', () => {
  const places = placesOf(teamOf(2));
  const edges = placedEdges(
    [edge(undefined, 'lead'), edge('lead', 'm0'), edge('m0', 'lead'), edge('gone', 'm0'), edge('lead', 'gone')],
    places,
  );
  expect(edges.map(({ from, to }) => `${from} to ${to}`)).toEqual(['people to lead', 'lead to m0', 'm0 to lead']);
  expect(edges[1]?.path).not.toBe(edges[2]?.path);
});

test('an arrow says what is open first, and nothing of what there is none of', () => {
  expect(sayEdge(edge('a', 'b', { open: 3, held: 1, done: 12 }))).toBe('2 open · 1 held · 12 done');
  expect(sayEdge(edge('a', 'b', { refused: 1, failed: 2 }))).toBe('1 refused · 2 failed');
});
