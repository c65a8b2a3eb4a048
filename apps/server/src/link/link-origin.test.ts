import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { attempts } from '../http/test-people.ts';
import { type TestInstallation, testInstallation } from './test-installation.ts';

let installation: TestInstallation;
beforeAll(async () => {
  installation = await testInstallation({ loops: false });
});
afterAll(() => installation.close());

/** Whether the link is opened to who says this of their origin. */
function dial(origin?: string): Promise<{ status: number }> {
  const socket = new WebSocket(
    `${installation.url.replace('http', 'ws')}/link`,
    origin === undefined ? {} : { origin },
  );
  return new Promise((resolve) => {
    socket.on('open', () => resolve({ status: 200 }));
    socket.on('unexpected-response', (_, { statusCode = 0 }) => resolve({ status: statusCode }));
    socket.on('error', () => resolve({ status: 0 }));
  }).finally(() => socket.terminate()) as Promise<{ status: number }>;
}

test('no page has a link, of whatever origin: supervisors name none', async () => {
  const { refused, told } = attempts('links from pages');
  const origins = ['https://evil.example', 'null', installation.url];
  for (const origin of origins) expect((await dial(origin)).status).toBe(403);
  await refused(...origins.map((origin) => dial(origin)));
  expect(told()).toEqual({ tried: 3, letIn: 0 });
  expect((await dial()).status).toBe(200);
});
