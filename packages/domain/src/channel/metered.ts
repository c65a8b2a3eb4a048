import type { Labels } from '@clawster/contract/label';
import { type LayerStore, selects } from '../config/layers-of.ts';
import { teamOf } from '../team/team-of.ts';

/** A budget that stops one channel of the bots it is for: of all bots, where it names none. */
export type ChannelBudget = { botId: string | null; selector: Labels | null; teamId: string | null };

/** Whether it has to be known of each of a bot's calls for which channel it is made. */
export function isMetered(
  { id, labels }: { id: string; labels: Labels },
  { channelBudgets, teams }: Pick<LayerStore, 'channelBudgets' | 'teams'>,
): boolean {
  return channelBudgets.some(({ botId, selector, teamId }) => {
    if (botId) return botId === id;
    if (teamId) return teamOf(id, teams)?.id === teamId;
    return selector ? selects(selector, labels) : true;
  });
}

/**
 * What a model is called by the turns of one channel. OpenClaw chooses it before it asks, so that no message of a person
 * decides what a call is counted against. Without a slash or a colon, which Google's paths end at.
 */
export function meteredModel(kind: string, model: string): string {
  return `via-${kind}.${model}`;
}
