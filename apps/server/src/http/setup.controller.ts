import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { completeSetup } from '@clawster/control-plane/setup/complete-setup';
import { Controller, Inject } from '@nestjs/common';
import type { Exchange } from './exchange.ts';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class SetupController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.setup.complete)
  async complete(input: unknown, caller: Caller, exchange: Exchange) {
    return exchange.signedIn(await completeSetup(this.plane, caller, input));
  }
}
