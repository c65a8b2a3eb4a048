import { expect, test } from 'vitest';
import { type TurnSteps, whyLoop } from './loop.ts';

const read = { name: 'read', failed: false };
const broken = { name: 'exec', failed: true };
const times = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);
const calls = (count: number, everyMs: number, tokens: number) =>
  Array.from({ length: count }, (_, index) => ({ atMs: index * everyMs, tokens }));
const turn = (more: Partial<TurnSteps>): TurnSteps => ({ toolCalls: 3, tools: [], calls: [], ...more });

test.each([
  ['a usual turn goes nowhere in circles', turn({ tools: [read, broken, read] }), undefined],
  ['19 uses of tools are work', turn({ toolCalls: 19 }), undefined],
  ['20 are not', turn({ toolCalls: 20 }), 'It used tools 20 times'],
  ['a tool may fail four times in a row', turn({ tools: times(4, broken) }), undefined],
  ['and not five', turn({ tools: [read, ...times(5, broken)] }), 'exec failed 5 times in a row'],
  [
    'once it went well, it starts anew',
    turn({ tools: [...times(4, broken), { ...broken, failed: false }, broken] }),
    undefined,
  ],
  ['so does another tool', turn({ tools: [...times(4, broken), { ...broken, name: 'read' }] }), undefined],
  [
    'the same call again and again',
    turn({ tools: times(5, { ...read, digest: 'a' }) }),
    'read was called 5 times in a row with the same arguments',
  ],
  [
    'other arguments are another call',
    turn({ tools: [...times(4, { ...read, digest: 'a' }), { ...read, digest: 'b' }] }),
    undefined,
  ],
  ['nobody knows the arguments', turn({ tools: times(9, read) }), undefined],
  ['200,000 tokens in two minutes are a long text', turn({ calls: calls(4, 1_000, 50_000) }), undefined],
  ['more are not', turn({ calls: calls(5, 1_000, 50_000) }), 'It took 250,000 tokens within 2 minutes'],
  ['unless they take their time', turn({ calls: calls(50, 60_000, 50_000) }), undefined],
] as const)('%s', (_, steps, why) => expect(whyLoop(steps)).toBe(why));
