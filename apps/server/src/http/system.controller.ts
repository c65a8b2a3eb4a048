import { api } from '@clawster/contract/api';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { getStatus } from '@clawster/control-plane/system/get-status';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class SystemController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.system.status)
  status() {
    return getStatus(this.plane);
  }
}
