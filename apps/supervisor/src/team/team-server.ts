import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { keepSecret } from '../host/mask.ts';
import { mayUsePath } from './bridge.ts';
import type { Calling } from './carry-out-call.ts';
import { McpSessions } from './mcp-sessions.ts';
import { Tickets } from './tickets.ts';

const mcpPath = '/mcp';

const MayUse = z.object({
  tool: z.string(),
  session: z.string().optional(),
  runId: z.string().optional(),
  toolCallId: z.string().optional(),
});

/** What the gateway reaches its team's tools at, on loopback. */
export type TeamServer = {
  url: string;
  /** Of this start of the supervisor; the gateway is given it, and nobody else. */
  token: string;
  /** When OpenClaw asked for the tools last. */
  lastSessionAt(): number | undefined;
  close(): Promise<void>;
};

export type TeamServing = Calling & {
  /** Why this tool is not to be used in this conversation, or undefined when it may. */
  whyNotUse: (use: { tool: string; session: string }) => string | undefined;
  onSession: () => void;
};

/** Serves the team's tools to this bot's gateway, which alone knows the token. */
export async function openTeamServer(serving: TeamServing): Promise<TeamServer> {
  const token = randomBytes(32).toString('base64url');
  keepSecret(token);
  const tickets = new Tickets();
  let lastSessionAt: number | undefined;
  const onSession = () => {
    lastSessionAt = Date.now();
    serving.onSession();
  };
  const sessions = new McpSessions({ ...serving, tickets, onSession });
  const server = createServer((request, response) => {
    const status = whyNotServed(request, { host: `127.0.0.1:${port()}`, token });
    if (status !== undefined) return void response.writeHead(status).end();
    const answered =
      request.url === mayUsePath
        ? mayUse(request, response, { ...serving, tickets })
        : sessions.handle(request, response);
    // What cannot be read is answered as such: nothing is done then, and the bridge lets no tool run.
    answered.catch(() => (response.headersSent ? response.destroy() : response.writeHead(400).end()));
  });
  const port = () => (server.address() as AddressInfo | null)?.port;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${port()}${mcpPath}`,
    token,
    lastSessionAt: () => lastSessionAt,
    async close() {
      await sessions.close();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** The status that turns away whoever is not the gateway; a browser says its origin, and may have been led here by a name. */
function whyNotServed(
  { headers, method, url }: IncomingMessage,
  known: { host: string; token: string },
): number | undefined {
  if (headers.host !== known.host || headers.origin !== undefined) return 403;
  if (!isSame(headers.authorization ?? '', `Bearer ${known.token}`)) return 401;
  return url === mcpPath || (url === mayUsePath && method === 'POST') ? undefined : 404;
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
}

/** The bridge asks before each tool: it may, with a ticket for the call, or why it may not. */
async function mayUse(
  request: IncomingMessage,
  response: ServerResponse,
  { whyNotUse, tickets }: Pick<TeamServing, 'whyNotUse'> & { tickets: Tickets },
): Promise<void> {
  const { tool, session, ...turn } = MayUse.parse(await json(request));
  const refused =
    session === undefined ? 'Nobody can tell in which conversation this tool is called' : whyNotUse({ tool, session });
  const answer =
    refused === undefined && session !== undefined
      ? { ticket: tickets.issue(tool, { session, ...turn }) }
      : { refused };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}
