import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { startTcpProxy } from './tcp-proxy.ts';

test('what is on a slow way is not overtaken when the way becomes fast', async () => {
  let heard = '';
  const server = createServer((socket) => {
    // In the end the proxy is rude.
    socket.on('data', (chunk) => (heard += String(chunk))).on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy = await startTcpProxy((server.address() as AddressInfo).port);
  const client = connect(proxy.port, '127.0.0.1').on('error', () => undefined);
  await proxy.set({ state: 'open', latencyMs: 150 });
  client.write('slow ');
  await new Promise((wake) => setTimeout(wake, 50));
  await proxy.set({ state: 'open' });
  client.write('fast');
  await expect.poll(() => heard).toBe('slow fast');
  client.destroy();
  await proxy.close();
  server.close();
});
