import { mkdtemp, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkDirectory, openLinkSocket } from './link-socket.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clawster-socket-'));
});
afterAll(() => rm(folder, { recursive: true }));

const statusOf = (socketPath: string, path: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    request({ socketPath, path }, (response) => resolve(response.resume().statusCode))
      .once('error', reject)
      .end();
  });

test('nothing but links is served on the socket, and whoever has its folder may dial in', async () => {
  const socket = await openLinkSocket(folder);
  const path = join(folder, 'link.sock');
  expect(await statusOf(path, '/api/v1/bots')).toBe(404);
  expect(await statusOf(path, '/')).toBe(404);
  expect((await stat(path)).mode & 0o777).toBe(0o666);
  expect(await openLinkSocket(folder)).toBeUndefined();
  await socket?.close();
});

test('what a killed server left there is in nobody’s way', async () => {
  const first = await openLinkSocket(folder);
  await first?.close();
  const second = await openLinkSocket(folder);
  expect(second).toBeDefined();
  await second?.close();
});

test('a folder whose path is too long for a socket is given another', () => {
  expect(linkDirectory('/var/lib/clawster')).toBe('/var/lib/clawster/link');
  const deep = `/var/${'deep/'.repeat(30)}`;
  expect(join(linkDirectory(deep), 'link.sock').length).toBeLessThanOrEqual(100);
  expect(linkDirectory(deep)).not.toBe(linkDirectory(`${deep}er`));
});
