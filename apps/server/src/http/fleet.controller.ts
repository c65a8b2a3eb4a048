import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { haltFleet } from '@clawster/control-plane/fleet/halt-fleet';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class FleetController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.fleet.halt)
  halt(input: unknown, caller: Caller) {
    return haltFleet(this.plane, caller, input);
  }
}
