import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A real HTTP server on this machine that keeps what it is sent. */
export type HttpSink = {
  url: string;
  received: { headers: IncomingHttpHeaders; body: string }[];
  /** What it answers. */
  status: number;
  close(): Promise<void>;
};

/** Takes whatever it is sent, with the status it is told to. */
export async function httpSink(): Promise<HttpSink> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      sink.received.push({ headers: request.headers, body });
      response.writeHead(sink.status).end(`echo ${request.url}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const sink: HttpSink = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/a-secret-path`,
    received: [],
    status: 200,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return sink;
}
