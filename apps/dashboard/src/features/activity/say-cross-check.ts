import type { CrossCheck } from '@clawster/contract/trace';
import { count } from '../../lib/time.ts';

/** How the two counts of a bot differ, in sentences; none where they agree. */
export function sayDifferences({ gateway, openclaw, unused, unseen, dropped }: CrossCheck): string[] {
  const counted = gateway.inputTokens + gateway.outputTokens;
  const used = openclaw.inputTokens + openclaw.outputTokens;
  return [
    unseen > 0 && `${count(unseen, 'answer')} never passed the model gateway: what they cost is missing here.`,
    counted > used && `The model gateway counted ${count(counted - used, 'token')} more than OpenClaw says it used.`,
    counted < used && `OpenClaw says it used ${count(used - counted, 'token')} more than the model gateway counted.`,
    unused > 0 && `${count(unused, 'answer')} OpenClaw never said it used, such as those to the check of its model.`,
    dropped > 0 && `Its host had no room for ${count(dropped, 'record')}: they are missing here.`,
  ].filter((sentence) => sentence !== false);
}
