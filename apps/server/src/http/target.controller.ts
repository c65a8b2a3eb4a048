import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { createTarget } from '@clawster/control-plane/target/create-target';
import { listTargets } from '@clawster/control-plane/target/list-targets';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class TargetController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.targets.list)
  list(input: unknown, caller: Caller) {
    return listTargets(this.plane, caller, input);
  }

  @Handle(api.targets.create)
  create(input: unknown, caller: Caller) {
    return createTarget(this.plane, caller, input);
  }
}
