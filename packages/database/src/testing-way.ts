import type { AddressInfo, Server } from 'node:net';

/** Has `server` listen, and gives the URL of the same test PostgreSQL with the way through it. */
export async function urlThrough(server: Server, url: string): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const through = new URL(url);
  through.searchParams.delete('host');
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as AddressInfo).port);
  return through.href;
}

/** The socket the test PostgreSQL at `url` listens on. */
export function socketOf(url: string): string {
  return `${new URL(url).searchParams.get('host')}/.s.PGSQL.5432`;
}
