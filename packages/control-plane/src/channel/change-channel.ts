import { channelsOf } from '@clawster/domain/channel/channels-of';
import type { CommandContext } from '../command.ts';
import { changeStores } from '../configuration/change-stores.ts';

/** Makes a change to a channel or to whom it is attached, as `changeStores` does. Returns how many bots were told. */
export function changeChannel(
  context: CommandContext,
  { id, name }: { id: string; name: string },
  change: { write: () => Promise<void>; told?: boolean },
): Promise<number> {
  return changeStores(context, {
    ...change,
    cause: { kind: 'channel', id, name },
    concerns: (bot, { channels }) => channelsOf(bot, channels).some((one) => one.id === id),
  });
}
