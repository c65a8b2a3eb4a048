import type Docker from 'dockerode';
import { expect, test } from 'vitest';
import { confine } from './confine.ts';
import { Settings } from './settings.ts';

/** An installation's bots on an engine at this socket, whose lists of containers are these. */
const at = (path: string, listContainers: () => Promise<never[]>) => ({
  engine: {
    listContainers,
    listNetworks: async () => [],
    getContainer: () => ({ inspect: () => Promise.reject(Object.assign(new Error('no'), { statusCode: 404 })) }),
  } as unknown as Docker,
  settings: Settings.parse({ connection: { via: 'socket', path }, installation: 'one', egressFile: '/nowhere' }),
  images: {} as never,
});

test('an engine that is silent holds nothing up on another of the same installation', async () => {
  let asked = false;
  void confine(
    at('/silent.sock', () => {
      asked = true;
      return new Promise(() => {});
    }),
    [],
  );
  expect(
    await confine(
      at('/other.sock', async () => []),
      [],
    ),
  ).toEqual([]);
  expect(asked).toBe(true);
});
