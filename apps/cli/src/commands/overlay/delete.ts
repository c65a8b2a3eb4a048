import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findOverlay } from './find-overlay.ts';

export const deleteOverlay = cliCommand({
  usage: 'overlay delete <overlay>',
  summary: 'Take an overlay away; its bots go on without it',
  input: z.object({ overlay: z.string() }),
  async run({ client }, { overlay }) {
    const { id, name } = await findOverlay(client, overlay);
    await client.overlays.delete({ overlayId: id });
    return { name };
  },
  show: ({ name }) => `The overlay ${name} is taken away.`,
});
