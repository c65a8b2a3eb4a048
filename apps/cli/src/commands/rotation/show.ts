import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { rotationDetails } from '../../rotation-text.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { rotated } from '../../watch-rotation.ts';
import { RotationId } from './rotation-id.ts';

export const show = cliCommand({
  usage: 'rotation show <rotation>',
  summary: 'Show a rotation with its bots, those that are stuck first',
  options: waitOptions,
  input: z.object({ rotation: RotationId, ...waitInput }),
  async run(context, { rotation: rotationId, ...waiting }) {
    const { client } = context;
    const rotation = await rotated(context, await client.rotations.get({ rotationId }), waiting);
    const bots = await allPages((cursor) => client.rotations.bots({ rotationId, limit: 200, cursor }));
    return { rotation, bots };
  },
  show: rotationDetails,
});
