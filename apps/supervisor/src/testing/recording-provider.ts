import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { askDemoModel } from '../model-gateway/demo-model.ts';
import { sendDemoReply } from '../model-gateway/demo-reply.ts';
import { ChatRequest } from '../model-gateway/message.ts';

type Recorded = { authorization: string | undefined; tools: string[] };

/** A model provider that answers as the demo model does, and remembers which key and which tools came with each request. */
export async function startRecordingProvider() {
  const requests: Recorded[] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request)) as { tools?: { function: { name: string } }[] };
    const tools = (body.tools ?? []).map((tool) => tool.function.name);
    requests.push({ authorization: request.headers.authorization, tools: tools.toSorted() });
    const asked = ChatRequest.parse(body);
    const reply = await askDemoModel(asked);
    if (reply.kind === 'failure') response.writeHead(reply.status).end();
    else await sendDemoReply(response, asked, reply);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
export type RecordingProvider = Awaited<ReturnType<typeof startRecordingProvider>>;
