import { createServer } from 'node:http';
import { StartTrouble } from '../server-file.ts';
import { type Measured, metricsRegistry } from './registry.ts';

/** Serves `/metrics` on a port of its own that only this machine reaches: figures are no one else's business. */
export async function serveMetrics(
  port: number,
  measured: Measured,
): Promise<{ port: number; close(): Promise<void> }> {
  const registry = metricsRegistry(measured);
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      (error: unknown) => {
        measured.plane.log('error', 'The metrics could not be read', { error: String(error) });
        response.writeHead(500).end();
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new StartTrouble(`The metrics port ${port} cannot be used: choose another with CLAWSTER_METRICS_PORT`, {
          cause,
        }),
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as { port: number }).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
