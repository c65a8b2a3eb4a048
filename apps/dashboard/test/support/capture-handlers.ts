import type { CapturePolicy, KeptPolicy } from '@clawster/contract/capture';
import type { Handler, World } from './world.ts';

export const captureHandlers: Record<string, Handler> = {
  'capture.get': (world) => told(world),
  'capture.set': (world, policy: CapturePolicy) => {
    world.capture = policy;
    return told(world);
  },
};

function told({ capture, bots }: World): KeptPolicy {
  return { ...capture, bots: bots.filter(({ spec }) => spec.capture === 'inherit').length };
}
