import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { DemoReply } from './demo-model.ts';
import { textOf } from './message.ts';
import type { ChatRequest } from './message.ts';
import type { TokenUsage } from './usage.ts';

/** Writes a reply as OpenAI's chat completions do, streamed or whole, and says its id and how many tokens it would have been. */
export async function sendDemoReply(
  response: ServerResponse,
  request: ChatRequest,
  reply: Exclude<DemoReply, { kind: 'failure' }>,
): Promise<{ id: string; usage: TokenUsage }> {
  const usage = estimate(request, reply);
  const head = { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model: request.model };
  const bill = {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
  };
  const reason = reply.kind === 'tool' ? 'tool_calls' : 'stop';
  if (!request.stream) {
    const message =
      reply.kind === 'tool'
        ? { role: 'assistant', content: null, tool_calls: [toolCall(reply)] }
        : { role: 'assistant', content: reply.text };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        ...head,
        object: 'chat.completion',
        choices: [{ index: 0, message, finish_reason: reason }],
        usage: bill,
      }),
    );
    return { id: head.id, usage };
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const send = (delta: Record<string, unknown>, finish: string | null = null) =>
    response.write(
      `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
    );
  send({ role: 'assistant', content: '' });
  if (reply.kind === 'tool') send({ tool_calls: [{ index: 0, ...toolCall(reply) }] });
  else
    for await (const piece of reply.pieces) {
      // Nobody listens any more: the run was aborted.
      if (response.destroyed) return { id: head.id, usage };
      send({ content: piece });
    }
  send({}, reason);
  response.write(`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [], usage: bill })}\n\n`);
  response.end('data: [DONE]\n\n');
  return { id: head.id, usage };
}

function toolCall(reply: { name: string; arguments: string }) {
  return {
    id: `call_${randomUUID().slice(0, 8)}`,
    type: 'function',
    function: { name: reply.name, arguments: reply.arguments },
  };
}

/** Four characters a token: the usual rule of thumb; the demo model costs nothing. */
function estimate(request: ChatRequest, reply: Exclude<DemoReply, { kind: 'failure' }>): TokenUsage {
  const asked = request.messages.reduce((sum, message) => sum + textOf(message.content).length, 0);
  const said = reply.kind === 'tool' ? reply.arguments.length : reply.text.length;
  return {
    inputTokens: Math.ceil(asked / 4),
    outputTokens: Math.ceil(said / 4),
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
  };
}
