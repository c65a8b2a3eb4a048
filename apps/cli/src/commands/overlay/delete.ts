import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages, named } from '../../find.ts';

export const deleteOverlay = cliCommand({
  usage: 'overlay delete <overlay>',
  summary: 'Take an overlay away; its bots go on without it',
  input: z.object({ overlay: z.string() }),
  async run({ client }, { overlay }) {
    const all = await allPages((cursor) => client.overlays.list({ limit: 200, cursor }));
    const { id, name } =
      all.find((one) => one.id === overlay) ?? named(all, overlay, { what: 'overlay', list: 'clawster overlay list' });
    await client.overlays.delete({ overlayId: id });
    return { name };
  },
  show: ({ name }) => `The overlay ${name} is taken away.`,
});
