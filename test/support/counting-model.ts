import { randomUUID } from 'node:crypto';
import { type Asked, type Provider, type Reply, startStreamingProvider } from './streaming-provider.ts';

/** What one answer took, as who is paid for it counts. */
export type Served = {
  id: string;
  input: number;
  cached: number;
  output: number;
  /** The tool it called, by the id it gave the call. */
  tool?: { id: string; name: string };
};

/** A provider that counts every answer, each with other numbers, and calls tools when it is told to. */
export type CountingModel = Provider & { served: Served[] };

/** By what a person says: a tool that works, and one that does not. */
const calls: [RegExp, { name: string; arguments: string }][] = [
  [/how are you doing/, { name: 'session_status', arguments: '{}' }],
  [/read the missing page/, { name: 'read', arguments: '{"path":"no-such-page.md"}' }],
];

export async function startCountingModel(): Promise<CountingModel> {
  const served: Served[] = [];
  const provider = await startStreamingProvider('counter-1', (asked) => count(served, asked));
  return { ...provider, served };
}

function count(served: Served[], { messages = [], tools = [] }: Asked): Reply {
  const number = served.length + 1;
  const last = messages.at(-1);
  const said = last?.role === 'user' ? JSON.stringify(last.content) : '';
  const call = calls.find(
    ([pattern, { name }]) => pattern.test(said) && tools.some((tool) => tool.function.name === name),
  )?.[1];
  const one: Served = {
    id: `counted-${randomUUID()}`,
    input: 1_000 + number,
    cached: 100 + number,
    output: 10 + (number % 7),
    ...(call ? { tool: { id: `call_${number}`, name: call.name } } : {}),
  };
  served.push(one);
  return {
    id: one.id,
    ...(call && one.tool ? { calls: [{ ...call, id: one.tool.id }] } : { text: `Counted as number ${number}.` }),
    usage: { prompt: one.input + one.cached, cached: one.cached, completion: one.output },
  };
}
