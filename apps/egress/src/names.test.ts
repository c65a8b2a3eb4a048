import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openNames } from './names.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clawster-names-'));
  await writeFile(
    join(folder, 'hosts'),
    '# of this machine\n10.1.2.3\tHost.Internal host # its own\nfd00::5 host.internal\nnot-an-address nowhere.internal\n\n',
  );
});
afterAll(() => rm(folder, { recursive: true }));

test('a name of the machine’s own file has the addresses that it says, of the family that was asked for', async () => {
  const resolve = await openNames(join(folder, 'hosts'));
  const four = { address: '10.1.2.3', family: 4 };
  const six = { address: 'fd00::5', family: 6 };
  expect(await resolve('host.INTERNAL', { all: true, family: 0 })).toEqual([four, six]);
  expect(await resolve('host.internal', { all: true, family: 6 })).toEqual([six]);
  expect(await resolve('host', { all: true, family: 0 })).toEqual([four]);
});

test('a name that nobody knows is an error, with a file or without', async () => {
  const names = ['nowhere.internal', 'nothing.invalid'];
  for (const resolve of [await openNames(join(folder, 'hosts')), await openNames(join(folder, 'none'))])
    for (const name of names) await expect(resolve(name, { all: true, family: 0 })).rejects.toThrow();
});
