import { api } from '@clawster/contract/api';
import { getCapturePolicy } from '@clawster/control-plane/capture/get-policy';
import { setCapturePolicy } from '@clawster/control-plane/capture/set-policy';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class CaptureController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.capture.get)
  get(input: unknown, caller: Caller) {
    return getCapturePolicy(this.plane, caller, input);
  }

  @Handle(api.capture.set)
  set(input: unknown, caller: Caller) {
    return setCapturePolicy(this.plane, caller, input);
  }
}
