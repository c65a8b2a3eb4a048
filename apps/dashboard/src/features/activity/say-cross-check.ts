import type { CrossCheck } from '@clawster/contract/trace';
import { count } from '../../lib/time.ts';

/** How the two counts of a bot differ, in sentences; none where they agree. */
export function sayDifferences({ gateway, openclaw, unseen, dropped }: CrossCheck): string[] {
  const counted = gateway.inputTokens + gateway.outputTokens;
  const used = openclaw.inputTokens + openclaw.outputTokens;
  return [
    unseen > 0 && `${count(unseen, 'answer')} never passed the model gateway: what they cost is missing here.`,
    counted > used && `The model gateway counted ${count(counted - used, 'token')} more than OpenClaw says it used.`,
    counted < used && `OpenClaw says it used ${count(used - counted, 'token')} more than the model gateway counted.`,
    dropped > 0 && `Its host had no room for ${count(dropped, 'record')}: they are missing here.`,
  ].filter((sentence) => sentence !== false);
}
