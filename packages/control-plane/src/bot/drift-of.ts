import type { BotStatus } from '@clawster/contract/bot';
import type { BotDrift } from '@clawster/contract/drift';
import { Refusal } from '@clawster/domain/refusal';

/** What waits on a bot's host for a decision; refuses when nothing does. */
export function driftOf({ status }: { status: unknown }): BotDrift {
  const { drift } = status as BotStatus;
  if (!drift) throw new Refusal('refused', 'Nothing on its host differs from what Clawster wrote there');
  return drift;
}
