import type { Host } from '../host.ts';
import type { GatewayLink } from './gateway-link.ts';

/** A gateway we read too slowly leaves out events by the hundred. */
const tellEveryMs = 60_000;

/** Says when the gateway left events out: what they told of is seen later than else. Returns how to stop. */
export function tellMissedEvents({ log, status }: Host, link: GatewayLink): () => void {
  let untold = 0;
  let notBefore = 0;
  return link.onEvent((_, missed) => {
    untold += missed;
    if (untold === 0 || performance.now() < notBefore) return;
    log('warn', 'the gateway left events out', { missed: untold });
    status.evidence(
      'supervisor',
      false,
      `${untold} of the gateway's events never came: what they told of is read in its record`,
    );
    notBefore = performance.now() + tellEveryMs;
    untold = 0;
  });
}
