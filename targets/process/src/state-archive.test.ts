import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { botFolder } from './bot-folder.ts';
import { importState } from './state-archive.ts';

test('why a state is refused is told while its archive is still on its way', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'state-archive-'));
  const file = join(directory, 'supervisor.mjs');
  await writeFile(file, `console.error('The bot runs: stop it first'); process.exitCode = 1;`);
  const archive = new PassThrough();
  archive.write('the beginning');
  const taken = importState(botFolder(directory, 'bot-1'), archive, {
    node: process.execPath,
    supervisor: { file, version: '1.0.0' },
  });
  await expect(taken).rejects.toThrow('The bot runs: stop it first');
  await rm(directory, { recursive: true });
});
