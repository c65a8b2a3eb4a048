import { resolve } from 'node:path';
import { z } from 'zod';
import { newPassphrase } from '../../installation/passphrase.ts';
import { progressLine } from '../../installation/progress-line.ts';
import { countText, sizeText } from '../../output.ts';
import { runProgram } from '../../installation/run-program.ts';
import { cliCommand } from '../../command.ts';
import { isRunning } from '../../up/process-identity.ts';
import { claimDataFolder, readRunFile } from '../../up/run-file.ts';
import { dataFolderOf, type World } from '../../world.ts';

const Input = z.object({
  file: z.string(),
  force: z.boolean().default(false),
  passphraseStdin: z.boolean().default(false),
});
const Made = z.object({
  bytes: z.number(),
  tables: z.number(),
  rows: z.number(),
  madeAt: z.string(),
  installation: z.object({ id: z.string(), epoch: z.number() }),
});

export const backup = cliCommand({
  usage: 'installation backup <file>',
  summary:
    'Write all of this Clawster into one encrypted file: its database with every event, and its key. Not in it: what bots keep in their own folders, the archives of that, and installed OpenClaw versions',
  options: [
    ['--passphrase-stdin', 'read the passphrase from standard input instead of asking for it'],
    ['--force', 'replace the file if it is there'],
  ],
  input: Input,
  async run({ world, signal }, { file, force, passphraseStdin }) {
    const passphrase = await newPassphrase({ world }, passphraseStdin);
    const line = progressLine(world);
    const ask = { do: 'backup', file: resolve(file), passphrase, overwrite: force } as const;
    return whileNobodyStarts(world, async () => {
      const made = await runProgram({ world, signal }, ask, ({ table, rows, bytes }) =>
        line.show(`${String(table)}: ${countText(Number(rows))} rows, ${sizeText(Number(bytes))} so far`),
      ).finally(line.clear);
      return { file: resolve(file), ...Made.parse(made) };
    });
  },
  show: ({ file, bytes, rows, tables }) =>
    `${file}: ${sizeText(bytes)}, ${countText(rows)} rows of ${tables} tables.\nWithout its passphrase nobody can use it, you included: keep that elsewhere.`,
});

/** A Clawster that runs goes on. Of one that does not, the database is started for this alone, and must not be pulled away from an `up`. */
async function whileNobodyStarts<T>(world: World, work: () => Promise<T>): Promise<T> {
  const dataFolder = dataFolderOf(world);
  const run = readRunFile(dataFolder);
  if (run && isRunning(run)) return work();
  const claim = await claimDataFolder(dataFolder).catch(() => undefined);
  return claim && 'release' in claim ? work().finally(claim.release) : work();
}
