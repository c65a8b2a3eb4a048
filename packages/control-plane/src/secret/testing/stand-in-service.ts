import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { localhostCertificate } from '../../outward/testing/localhost-certificate.ts';

/** What a request was, read whole. */
export type Asked = { method: string; path: string; headers: IncomingMessage['headers']; body: string };
export type Answer = { status: number; body: unknown; headers?: Record<string, string> };

/** What goes wrong at a service; it does so until it is `undefined` again. */
export type Fault = 'disabled' | 'denied' | 'throttled' | undefined;

export type StandInService = {
  url: string;
  port: number;
  fault: Fault;
  /** How often it was asked. */
  asked: number;
  close(): Promise<void>;
};

/** A service of somebody else's on a port of this machine: it answers as its documents and SDKs have it. */
export async function standInService(
  { tls = false }: { tls?: boolean },
  answerTo: (asked: Asked, fault: Fault) => Answer,
): Promise<StandInService> {
  const listener: RequestListener = (request, response) => {
    void text(request).then((body) => {
      service.asked += 1;
      const { method = 'GET', url: path = '/', headers } = request;
      const answer = answerTo({ method, path, headers, body }, service.fault);
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      response.end(JSON.stringify(answer.body));
    });
  };
  const server = tls ? createHttpsServer(localhostCertificate, listener) : createHttpServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const service: StandInService = {
    url: `${tls ? 'https' : 'http'}://localhost:${port}`,
    port,
    fault: undefined,
    asked: 0,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return service;
}
