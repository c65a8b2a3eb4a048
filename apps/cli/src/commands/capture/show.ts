import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { sayPolicy } from './capture-text.ts';

export const showCapture = cliCommand({
  usage: 'capture show',
  summary: 'Show how much of conversations is kept, and for how long',
  input: z.object({}),
  run: ({ client }) => client.capture.get({}),
  show: (policy) => sayPolicy(policy),
});
