/** What a message tells a scripted model to do, for demonstrations and tests. */
export type ModelScript = {
  text?: string;
  tool?: { name: string; arguments: string };
  delayMs?: number;
  failStatus?: number;
  /** Streams the answer in this many pieces, a quarter of a second apart. */
  slowChunks?: number;
};

const directive = /^.*?#demo (text|tool|delay|fail|slow) (.+)$/gm;

/** Reads lines such as `#demo text Hello` or `#demo tool read {"path":"a"}`; undefined when there are none. */
export function readModelScript(message: string): ModelScript | undefined {
  const script: ModelScript = {};
  for (const [, verb, rest = ''] of message.matchAll(directive)) {
    const words = rest.trim();
    if (verb === 'text') script.text = script.text === undefined ? words : `${script.text}\n${words}`;
    else if (verb === 'tool') script.tool = readTool(words);
    else if (verb === 'delay') script.delayMs = Number.parseInt(words, 10) || 0;
    else if (verb === 'fail') script.failStatus = Number.parseInt(words, 10) || 500;
    else script.slowChunks = Number.parseInt(words, 10) || 1;
  }
  return Object.keys(script).length > 0 ? script : undefined;
}

function readTool(words: string): NonNullable<ModelScript['tool']> {
  const [name = '', ...rest] = words.split(' ');
  return { name, arguments: rest.join(' ').trim() || '{}' };
}
