import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkThere } from './folder.ts';

test('a folder that was deleted while it is held is told of, and one that is there is not', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'clawster-folder-'));
  const held = await open(directory);
  // The way a container's volume is reached after it was deleted: by what holds it, not by its name.
  const asHeld = { directory: `/proc/self/fd/${held.fd}` };
  await checkThere(asHeld);
  await rm(directory, { recursive: true });
  await expect(checkThere(asHeld)).rejects.toThrow('was deleted while it ran. Restore a backup');
  await held.close();
});
