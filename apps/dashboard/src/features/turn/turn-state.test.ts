import { expect, test } from 'vitest';
import { beginTurn, nextTurn } from './turn-state.ts';

test('a lost text event loses nothing, for each carries the whole answer', () => {
  const turn = nextTurn(nextTurn(beginTurn('hi'), { type: 'accepted', turnId: 't1' }), {
    type: 'text',
    text: 'Hello there',
  });
  expect(turn).toMatchObject({ turnId: 't1', text: 'Hello there', state: 'answering' });
});

test('a tool call is one chip that changes its state and keeps its title', () => {
  let turn = nextTurn(beginTurn('hi'), {
    type: 'tool',
    toolCallId: 'c',
    toolName: 'read',
    state: 'running',
    title: 'notes.md',
  });
  turn = nextTurn(turn, { type: 'tool', toolCallId: 'c', toolName: 'read', state: 'done' });
  expect(turn.tools).toEqual([{ id: 'c', name: 'read', state: 'done', title: 'notes.md' }]);
});

test('an aborted turn keeps what was said until then', () => {
  const turn = nextTurn(nextTurn(beginTurn('hi'), { type: 'text', text: 'Half an' }), { type: 'aborted', text: '' });
  expect(turn).toMatchObject({ text: 'Half an', state: 'aborted' });
});
