import { readFile } from 'node:fs/promises';
import { usdText } from '@clawster/domain/cost/money';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';

export const importCosts = cliCommand({
  usage: 'cost import <file>',
  summary: 'Take over what targets cost by the day, from lines of day,target,usd',
  input: z.object({ file: z.string() }),
  async run({ client }, { file }) {
    const csv = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new CliRefusal(`The file ${file} cannot be read. Check its path.`, exitCodes.usage, { cause });
    });
    return client.costs.importTargetCosts({ csv });
  },
  show: ({ days, targets, usd }) =>
    `Taken over: ${usdText(usd)} in ${days} ${days === 1 ? 'line' : 'lines'}, of ${targets} ${targets === 1 ? 'target' : 'targets'}.`,
});
