import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/**
 * A CONNECT proxy that brings names which only it knows to this machine, on the port that is asked for, and remembers what
 * it was asked. It serves one credential alone.
 */
export async function startWayOutProxy() {
  const asked: string[] = [];
  const said = `Basic ${Buffer.from('bot:canary-way-out').toString('base64')}`;
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(403).end();
  });
  server.on('connect', (request, client, head) => {
    const place = request.url ?? '';
    client.on('error', () => {});
    if (request.headers['proxy-authorization'] !== said) return void client.end('HTTP/1.1 407 No\r\n\r\n');
    asked.push(place);
    if (!/(^127\.0\.0\.1|\.known\.example):\d+$/.test(place)) return void client.end('HTTP/1.1 403 No\r\n\r\n');
    const far = connect(Number(place.split(':')[1]), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      far.write(head);
      far.pipe(client).pipe(far);
    });
    far.on('error', () => client.destroy());
    client.on('close', () => far.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    proxyUrl: `http://bot:canary-way-out@127.0.0.1:${port}`,
    /** The places it was asked for, each once. */
    places: () => [...new Set(asked)],
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
