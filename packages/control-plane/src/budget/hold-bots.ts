import type { Budget } from '@clawster/contract/budget';
import { isMetered } from '@clawster/domain/channel/metered';
import type { CommandContext } from '../command.ts';
import { changeStores } from '../configuration/change-stores.ts';
import { columnsOf } from './scope.ts';
import { tellBudgetBots } from './tell-budget-bots.ts';

type Held = Pick<Budget, 'id' | 'name' | 'scope' | 'channel'>;

/**
 * Makes a change after which a budget begins or ends to stop its bots, and tells them. Of one channel, their configuration
 * changes with it: each channel asks for its model under a name of its own then.
 */
export async function holdBots(
  context: CommandContext,
  { id, name, scope, channel }: Held,
  write: () => Promise<void>,
): Promise<void> {
  if (channel === undefined) {
    await write();
    return tellBudgetBots(context.tx, id);
  }
  const channelBudgets = [columnsOf(scope)];
  await changeStores(context, {
    cause: { kind: 'budget', id, name },
    concerns: (bot, { teams }) => isMetered(bot, { channelBudgets, teams }),
    write,
    told: true,
  });
}
