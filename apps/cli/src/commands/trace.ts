import { z } from 'zod';
import { cliCommand } from '../command.ts';
import { Moment } from '../moment.ts';
import { waterfall } from '../waterfall.ts';

export const trace = cliCommand({
  usage: 'trace <trace>',
  summary: 'Show all that belongs to one trace, of every bot that took part, as it followed one another',
  options: [['--near <moment>', 'when it was, about: finds an old one sooner']],
  input: z.object({ trace: z.string(), near: Moment.optional() }),
  run: ({ client }, { trace: traceId, near }) => client.traces.get({ traceId, near }),
  show: (found, out) => waterfall(found, out),
});
