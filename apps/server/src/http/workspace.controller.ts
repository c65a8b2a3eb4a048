import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { getSettings } from '@clawster/control-plane/workspace/get-settings';
import { requireSecondFactor } from '@clawster/control-plane/workspace/require-second-factor';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class WorkspaceController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.workspace.settings)
  settings(input: unknown, caller: Caller) {
    return getSettings(this.plane, caller, input);
  }

  @Handle(api.workspace.requireSecondFactor)
  requireSecondFactor(input: unknown, caller: Caller) {
    return requireSecondFactor(this.plane, caller, input);
  }
}
