import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { rotated, rotationSentence } from '../../watch-rotation.ts';
import { RotationId } from './rotation-id.ts';

export const resume = cliCommand({
  usage: 'rotation resume <rotation>',
  summary: 'Go on with a rotation that was halted; bots that are stuck are tried again',
  options: [['--set-aside', 'go on without the bots that are stuck'], ...waitOptions],
  input: z.object({ rotation: RotationId, setAside: z.boolean().default(false), ...waitInput }),
  async run(context, { rotation: rotationId, setAside, ...waiting }) {
    const resumed = await context.client.rotations.resume({ rotationId, stuck: setAside ? 'set-aside' : 'retry' });
    return rotated(context, resumed, waiting);
  },
  show: rotationSentence,
});
