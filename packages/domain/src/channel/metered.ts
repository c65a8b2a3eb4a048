import type { Labels } from '@clawster/contract/label';
import { selects } from '../config/layers-of.ts';

/** A budget that stops one channel of the bots it is for. */
export type ChannelBudget = { botId: string | undefined; selector: Labels | undefined };

/** Whether it has to be known of each of a bot's calls for which channel it is made. */
export function isMetered({ id, labels }: { id: string; labels: Labels }, budgets: readonly ChannelBudget[]): boolean {
  return budgets.some(({ botId, selector }) => (botId ? botId === id : selector ? selects(selector, labels) : true));
}

/**
 * What a model is called by the turns of one channel. OpenClaw chooses it before it asks, so that no message of a person
 * decides what a call is counted against. Without a slash or a colon, which Google's paths end at.
 */
export function meteredModel(kind: string, model: string): string {
  return `via-${kind}.${model}`;
}
