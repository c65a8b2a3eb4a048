import { SetTargetPrice } from '@clawster/contract/cost';
import { usdText } from '@clawster/domain/cost/money';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findTarget } from '../../find.ts';

export const setPrice = cliCommand({
  usage: 'cost set-price <target> <usd-per-hour>',
  summary: 'Say what a target costs an hour',
  options: [['--from <time>', 'from the hour this is in (this hour)']],
  input: z.object({
    target: z.string(),
    usdPerHour: z.coerce.number().pipe(SetTargetPrice.shape.usdPerHour),
    from: SetTargetPrice.shape.from,
  }),
  run: async ({ client }, { target, ...input }) =>
    client.costs.setTargetPrice({ ...input, targetId: (await findTarget(client, target)).id }),
  show: ({ name, prices: [latest] }) =>
    `${name} costs ${usdText(latest?.usdPerHour ?? 0)} an hour from ${latest?.from} on. It is booked to its bots by the hour.`,
});
