import type { ChannelLogin } from '@clawster/contract/channel';

/** A wait that answers sooner than this, with nothing new, waits for nothing: the login is over. */
const waitMsMin = 1_000;

export type LoginStep = { state: 'scan'; qrDataUrl: string } | { state: 'linked' } | { state: 'over' };

/** What is to be done after an answer, while the code `shown` is on the screen: show a code, be glad, or begin anew. */
export function loginStep({ connected, qrDataUrl }: ChannelLogin, shown?: string, tookMs = waitMsMin): LoginStep {
  if (connected) return { state: 'linked' };
  if (qrDataUrl && qrDataUrl !== shown) return { state: 'scan', qrDataUrl };
  return shown && tookMs >= waitMsMin ? { state: 'scan', qrDataUrl: shown } : { state: 'over' };
}
