import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { rotated, rotationSentence } from '../../watch-rotation.ts';
import { RotationId } from './rotation-id.ts';

export const undo = cliCommand({
  usage: 'rotation undo <rotation>',
  summary: 'Give every bot the former value back, and destroy the new one',
  options: waitOptions,
  input: z.object({ rotation: RotationId, ...waitInput }),
  run: async (context, { rotation: rotationId, ...waiting }) =>
    rotated(context, await context.client.rotations.undo({ rotationId }), waiting),
  show: rotationSentence,
});
