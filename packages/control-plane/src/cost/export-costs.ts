import { api } from '@clawster/contract/api';
import { costCells, costHead } from '@clawster/domain/cost/cost-cells';
import { csvLine } from '@clawster/domain/audit/csv';
import type { Caller } from '../caller.ts';
import type { StreamAsk } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import { refuseBeyond } from '../access/refuse-beyond.ts';
import type { FileAnswer } from '../file-answer.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { selectLines } from './cost-lines.queries.ts';
import { dayPlus, daysAsked } from './days.ts';

/** What bots cost as a file: a line for each day, bot, channel, model and connector, and for each part of a target, with the bot's team; a day is read at a time. */
export async function exportCosts(
  plane: ControlPlane,
  caller: Caller,
  { input, signal }: StreamAsk,
): Promise<FileAnswer> {
  const admitted = admit(api.costs.export, caller);
  const { from, to, ...filter } = parseInput(api.costs.export, input);
  const days = await readAs(plane, admitted, async (tx) => {
    await refuseBeyond(tx, admitted, filter);
    return daysAsked(tx, { from, to });
  });
  async function* parts(): AsyncGenerator<string> {
    yield csvLine(costHead);
    for (let day = days.from; day <= days.to && !signal.aborted; day = dayPlus(day, 1)) {
      const asked = { ...filter, workspaceId: admitted.workspaceId, days: { from: day, to: day } };
      const lines = await readAs(plane, admitted, (tx) => selectLines(tx, asked));
      if (lines.length > 0) yield lines.map((line) => csvLine(costCells(line))).join('');
    }
  }
  return { name: `clawster-costs-${days.from}-${days.to}.csv`, contentType: 'text/csv', parts: parts() };
}
