import { follow as followEvents } from '@clawster/client/follow';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { actorText } from './text.ts';

export const follow = cliCommand({
  usage: 'event follow',
  summary: 'Print what happens, as it happens, until Ctrl-C',
  input: z.object({}),
  run: ({ client, signal, out }) =>
    followEvents(client, {
      signal,
      onTrouble: (trouble) => out.note(trouble ? `${trouble.message} Trying again.` : 'The connection is back.'),
    }),
  show: (event) => `${event.at}  ${event.type}  ${event.subjectName ?? event.subjectId ?? ''}  ${actorText(event)}`,
});
