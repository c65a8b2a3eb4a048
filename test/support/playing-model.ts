import { randomUUID } from 'node:crypto';
import { type Asked, type Provider, startStreamingProvider } from './streaming-provider.ts';

/** What a bot's model sees when it is asked, as a part in a play needs it. */
export type Scene = {
  /** All that the system's message says. */
  system: string;
  /** The last thing that somebody said to it. */
  said: string;
  /** What came of the calls it made since then, the newest last. */
  results: { name: string; text: string }[];
  /** Names of the tools it has. */
  tools: string[];
};
/** What a part does: says something, or calls tools. */
export type Act = { say: string } | { call: [name: string, input: unknown][] };

/** A model whose every answer is written by a test. */
export type PlayingModel = Provider & {
  /** Every call of a tool it made, in order. */
  called: { name: string; input: unknown }[];
  scenes: Scene[];
};

/** Starts a model that does what `play` says, whenever it is asked. */
export async function startPlayingModel(play: (scene: Scene) => Act | Promise<Act>): Promise<PlayingModel> {
  const called: PlayingModel['called'] = [];
  const scenes: Scene[] = [];
  const provider = await startStreamingProvider('player-1', async (asked) => {
    const scene = sceneOf(asked);
    scenes.push(scene);
    const act = await play(scene);
    const usage = { prompt: 1_000, cached: 0, completion: 20 };
    const id = `played-${randomUUID()}`;
    if ('say' in act) return { id, text: act.say, usage };
    for (const [name, input] of act.call) called.push({ name, input });
    const calls = act.call.map(([name, input]) => ({
      id: `call_${randomUUID()}`,
      name,
      arguments: JSON.stringify(input),
    }));
    return { id, calls, usage };
  });
  return { ...provider, called, scenes };
}

type Message = NonNullable<Asked['messages']>[number] & { tool_calls?: { id: string; function: { name: string } }[] };

function sceneOf({ messages = [], tools = [] }: Asked): Scene {
  const all = messages as Message[];
  const lastUser = all.findLastIndex(({ role }) => role === 'user');
  const since = all.slice(lastUser + 1);
  const names = new Map(
    since.flatMap(({ tool_calls = [] }) => tool_calls.map((call) => [call.id, call.function.name])),
  );
  return {
    system: all
      .filter(({ role }) => role === 'system' || role === 'developer')
      .map(({ content }) => textOf(content))
      .join('\n'),
    said: textOf(all[lastUser]?.content),
    results: since
      .filter(({ role }) => role === 'tool')
      .map(({ tool_call_id: id = '', content }) => ({ name: names.get(id) ?? '', text: textOf(content) })),
    tools: tools.map((tool) => tool.function.name),
  };
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.map((part: { text?: string }) => part.text ?? '').join('') : '';
}
