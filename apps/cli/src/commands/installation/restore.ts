import { resolve } from 'node:path';
import { z } from 'zod';
import { givenPassphrase } from '../../installation/passphrase.ts';
import { progressLine } from '../../installation/progress-line.ts';
import { countText } from '../../output.ts';
import { runProgram } from '../../installation/run-program.ts';
import { cliCommand } from '../../command.ts';
import { CliRefusal } from '../../failure.ts';
import { openDataFolder } from '../../up/data-folder.ts';
import { claimDataFolder } from '../../up/run-file.ts';
import { dataFolderOf } from '../../world.ts';

const Input = z.object({
  file: z.string(),
  passphraseStdin: z.boolean().default(false),
  startMissing: z.boolean().default(false),
});
const Restored = z.object({
  rows: z.number(),
  madeAt: z.string(),
  clawster: z.string(),
  installation: z.object({ id: z.string(), epoch: z.number() }),
});

export const restore = cliCommand({
  usage: 'installation restore <file>',
  summary:
    'Bring back all that `installation backup` wrote, into an empty data folder (or empty external database), as a newer copy that hosts obey from then on. Bots that are not found where they ran are not started: see --start-missing',
  options: [
    ['--passphrase-stdin', 'read the passphrase from standard input instead of asking for it'],
    [
      '--start-missing',
      'start such bots anew, without their state: only when the machine they ran on is gone for good',
    ],
  ],
  input: Input,
  async run({ world, signal }, { file, passphraseStdin, startMissing }) {
    const dataFolder = dataFolderOf(world);
    const passphrase = await givenPassphrase({ world }, passphraseStdin);
    await openDataFolder(dataFolder);
    const claim = await claimDataFolder(dataFolder);
    if ('pid' in claim)
      throw new CliRefusal(
        `A Clawster runs with ${dataFolder} (process ${claim.pid}): stop it with \`clawster down\`, or choose an empty folder with --data-dir.`,
      );
    const line = progressLine(world);
    const ask = { do: 'restore', file: resolve(file), passphrase, startMissing } as const;
    try {
      const restored = await runProgram({ world, signal }, ask, ({ step, table, rows }) =>
        line.show(
          step === 'check'
            ? `Checking the file: ${countText(Number(rows))} rows`
            : `${String(table)}: ${countText(Number(rows))} rows`,
        ),
      ).finally(line.clear);
      return { dataFolder, ...Restored.parse(restored) };
    } finally {
      claim.release();
    }
  },
  show: ({ dataFolder, rows, madeAt, installation }) =>
    [
      `Restored into ${dataFolder}: ${countText(rows)} rows, as they were on ${madeAt}.`,
      `This copy has the epoch ${installation.epoch}: hosts that know it no longer obey an earlier one. Start it with: clawster up`,
    ].join('\n'),
});
