import type { GatewayClient } from '@clawster/gateway/client';
import { SupervisorRefusal } from '../link/serve-request.ts';
import type { Running } from './bring-up.ts';

/** The gateway that runs; throws what to do when there is none. */
export function runningOrThrow(running: Running | undefined): Running {
  if (!running || running.process.hasExited())
    throw new SupervisorRefusal('gateway-down', 'The bot is not running. Start it, or wait until it is ready');
  return running;
}

/** The operator connection to a gateway that runs; throws what to do when there is none soon. */
export async function operatorOf({ link }: Running): Promise<GatewayClient> {
  return link.client(20_000).catch((cause: unknown) => {
    throw new SupervisorRefusal(
      'gateway-down',
      'The gateway does not answer. It may be starting: try again in a moment',
      { cause },
    );
  });
}
