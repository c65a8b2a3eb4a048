import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { askDemoModel } from '../model-gateway/demo-model.ts';
import { sendDemoReply } from '../model-gateway/demo-reply.ts';
import { ChatRequest, textOf } from '../model-gateway/message.ts';
import type { TokenUsage } from '../model-gateway/usage.ts';

/** One answer that was written to its end; `asked` is what was said last. */
type Answer = { id: string; usage: TokenUsage; asked: string };
type Recorded = { authorization: string | undefined; tools: string[]; system: string };

/** A model provider that answers as the demo model does, and remembers which key, which tools and which system prompt came with each request. */
export async function startRecordingProvider() {
  const requests: Recorded[] = [];
  const answers: Answer[] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request)) as {
      tools?: { function: { name: string } }[];
      messages?: { role: string; content: unknown }[];
    };
    const tools = (body.tools ?? []).map((tool) => tool.function.name);
    requests.push({
      authorization: request.headers.authorization,
      tools: tools.toSorted(),
      system: systemOf(body.messages ?? []),
    });
    const asked = ChatRequest.parse(body);
    const reply = await askDemoModel(asked);
    if (reply.kind === 'failure') response.writeHead(reply.status).end();
    else {
      const said = await sendDemoReply(response, asked, reply);
      const last = asked.messages.findLast(({ role }) => role === 'user');
      if (!response.destroyed) answers.push({ ...said, asked: last ? textOf(last.content) : '' });
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    answers,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
function systemOf(messages: { role: string; content: unknown }[]): string {
  return messages
    .filter(({ role }) => role === 'system' || role === 'developer')
    .map(({ content }) =>
      typeof content === 'string' ? content : (content as { text?: string }[]).map((part) => part.text ?? '').join(''),
    )
    .join('\n');
}

export type RecordingProvider = Awaited<ReturnType<typeof startRecordingProvider>>;
