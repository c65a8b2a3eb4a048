import { Refusal } from '@clawster/domain/refusal';
import type { ControlPlane } from '../plane.ts';
import { withDeadline } from '../reconcile/observe.ts';
import type { LeasedOperation } from './lease-operations.ts';
import { botOf, connectPlace, type OperatedBot, type StatePlace } from './place.ts';

const targetMs = 60_000;

/** Removes a bot, with its state, from a target where it is not or no longer. */
export async function removeCopy(
  plane: ControlPlane,
  { workspaceId, botId }: Pick<LeasedOperation, 'workspaceId' | 'botId'>,
  targetId: string | null,
): Promise<void> {
  const bot = await botOf(plane, workspaceId, botId);
  if (!targetId || bot.targetId === targetId) return;
  const place = await connectPlace(plane, workspaceId, targetId);
  await refuseSamePlace(place, bot);
  await withDeadline(place.remove(botId, { deleteState: true }), targetMs);
}

/**
 * Two targets may be one place under two names: what would be removed as a copy is then the bot itself. It is known by
 * its workload, which no other place has had in this generation.
 */
export async function refuseSamePlace(place: StatePlace, bot: OperatedBot): Promise<void> {
  const seen = await withDeadline(place.inspect(bot.id), targetMs);
  if (seen.state !== 'absent' && seen.generation >= bot.workloadGeneration)
    throw new Refusal('refused', `${place.name} is the place where the bot is already, under another name`);
}
