import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import '../support/tell-cpu.ts';

/** A provider that streams chat completions: as many words as it is asked for, at the pace it is asked for. */
const head = { id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1, model: 'm' };
const event = (delta: object, rest: object = { usage: null }) =>
  Buffer.from(`data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta, finish_reason: null }], ...rest })}\n\n`);
const word = event({ content: 'word ' });
const usage = { prompt_tokens: 2_412, completion_tokens: 317, total_tokens: 2_729 };
const last = Buffer.from(`data: ${JSON.stringify({ ...head, choices: [], usage })}\n\ndata: [DONE]\n\n`);

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { words, paceMs } = JSON.parse(Buffer.concat(chunks).toString()) as { words: number; paceMs: number };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let left = words;
    const say = () => {
      if (response.destroyed) return;
      if (left-- <= 0) response.end(last);
      else if (!response.write(word)) response.once('drain', say);
      else if (paceMs > 0) setTimeout(say, paceMs);
      else setImmediate(say);
    };
    say();
  });
});
server.listen(0, '127.0.0.1', () =>
  process.send?.({ type: 'ready', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
);
