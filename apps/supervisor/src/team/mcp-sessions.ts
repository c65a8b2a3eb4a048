import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { teamServer, teamTools } from '@clawster/link/team';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { type Calling, carryOutCall } from './carry-out-call.ts';
import type { Tickets } from './tickets.ts';

/** OpenClaw opens one for each of its conversations, and does not close all of them; one that was closed here it opens anew. */
const sessionsMax = 500;

type Session = { transport: StreamableHTTPServerTransport; calls: number };
type Options = Calling & { tickets: Tickets; onSession: () => void };

/** The sessions in which OpenClaw asks for the team's tools, over MCP. */
export class McpSessions {
  readonly #options: Options;
  /** Those used last come last. */
  readonly #sessions = new Map<string, Session>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Answers one request of the gateway's. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = request.headers['mcp-session-id'];
    const session = typeof id === 'string' ? this.#sessions.get(id) : undefined;
    // It begins anew then, as after a restart of ours.
    if (id !== undefined && !session) return void response.writeHead(404).end();
    if (session && typeof id === 'string') {
      this.#sessions.delete(id);
      this.#sessions.set(id, session);
    }
    const { transport } = session ?? (await this.#open());
    await transport.handleRequest(request, response);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map(({ transport }) => transport.close()));
  }

  async #open(): Promise<Session> {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => {
        this.#sessions.set(id, session);
        this.#options.onSession();
        this.#makeRoom();
      },
      onsessionclosed: (id) => void this.#sessions.delete(id),
    });
    const session: Session = { transport, calls: 0 };
    await this.#serve(session);
    return session;
  }

  #makeRoom(): void {
    for (const [id, { transport, calls }] of this.#sessions) {
      if (this.#sessions.size <= sessionsMax) return;
      if (calls > 0) continue;
      this.#sessions.delete(id);
      void transport.close();
    }
  }

  async #serve(session: Session): Promise<void> {
    const { tickets, tools, call } = this.#options;
    const { server } = new McpServer({ name: teamServer, version: '1.0.0' }, { capabilities: { tools: {} } });
    server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools().map(described) }));
    server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
      session.calls += 1;
      try {
        const { text, isError } = await carryOutCall({ tools, call }, tickets, { asked: params, signal });
        return { content: [{ type: 'text' as const, text }], isError };
      } finally {
        session.calls -= 1;
      }
    });
    // The SDK's own class gives its optional properties as `T | undefined`.
    await server.connect(session.transport as Parameters<typeof server.connect>[0]);
  }
}

/** As the link describes it, word for word. */
function described(name: keyof typeof teamTools) {
  const { title, description, input } = teamTools[name];
  const { $schema: _, ...inputSchema } = z.toJSONSchema(input, { io: 'input' });
  return {
    name,
    title,
    description,
    inputSchema: { ...inputSchema, type: 'object' as const, additionalProperties: false },
  };
}
