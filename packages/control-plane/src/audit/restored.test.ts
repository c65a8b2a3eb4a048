import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyBackup } from '@clawster/database/backup/read-backup';
import { restoreBackup } from '@clawster/database/backup/restore-backup';
import { writeBackup } from '@clawster/database/backup/write-backup';
import { testDatabase } from '@clawster/database/testing';
import { expect, test } from 'vitest';
import { sealEvents } from './seal-events.ts';
import { sealedTrail, verifyAs } from './testing/trail.ts';

test('a copy restored from a backup verifies, under the same key, and goes on where the backup ended', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'clawster-audit-'));
  const original = await sealedTrail();
  const copy = await testDatabase({ empty: true });
  try {
    await original.record(original.ours, 3);
    const source = { file: join(folder, 'backup'), passphrase: 'a passphrase for tests' };
    await writeBackup(original.database.url, {
      ...source,
      overwrite: false,
      key: randomBytes(32),
      about: { clawster: '0.1.0', dataDirectory: folder },
      sealing: { cost: 2 ** 14, chunkBytes: 65_536 },
    });
    const { manifest: verified } = await verifyBackup(source);
    await restoreBackup(copy.url, {
      source,
      verified,
      epoch: 7,
      dataDirectory: folder,
      startMissing: false,
      beforeCommit: () => Promise.resolve(),
    });

    const plane = { ...original.plane, db: copy.db };
    const sealed = async () => {
      await sealEvents(plane, new AbortController().signal);
      return verifyAs(plane, original.ours);
    };
    await expect.poll(sealed).toMatchObject({ sound: true, unsealed: 0, events: 20 + 3 + 1 });
    expect((await sealed()).keyId).toBe((await original.verify()).keyId);
  } finally {
    await Promise.all([original.close(), copy.close(), rm(folder, { recursive: true })]);
  }
});
