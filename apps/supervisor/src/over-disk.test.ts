import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { supervised } from './testing/supervised.ts';

test('a gateway whose bot takes too much of the disk is stopped with the reason, and comes back when there is room', async () => {
  const bot = await supervised({ timing: { diskLookMs: 200 } });
  const big = join(bot.directory, 'workspace', 'big');
  try {
    await writeFile(big, Buffer.alloc(3_000_000));
    await bot.configure({ diskBytesMax: 2_000_000 });
    const report = await bot.reaches('failed');
    expect(report.reason).toContain('started again when there is room');
    expect(report.diskBytes).toBeGreaterThan(3_000_000);
    await rm(big);
    await bot.reaches('ready');
  } finally {
    await bot.close();
  }
}, 120_000);
