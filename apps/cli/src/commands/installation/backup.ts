import { resolve } from 'node:path';
import { z } from 'zod';
import { newPassphrase } from '../../installation/passphrase.ts';
import { progressLine } from '../../installation/progress-line.ts';
import { countText, sizeText } from '../../output.ts';
import { runProgram } from '../../installation/run-program.ts';
import { whileNobodyStarts } from '../../installation/while-nobody-starts.ts';
import { cliCommand } from '../../command.ts';

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
