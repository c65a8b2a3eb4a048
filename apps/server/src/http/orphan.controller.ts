import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { adoptOrphan } from '@clawster/control-plane/orphan/adopt-orphan';
import { destroyOrphan } from '@clawster/control-plane/orphan/destroy-orphan';
import { listOrphans } from '@clawster/control-plane/orphan/list-orphans';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class OrphanController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.orphans.list)
  list(input: unknown, caller: Caller) {
    return listOrphans(this.plane, caller, input);
  }

  @Handle(api.orphans.adopt)
  adopt(input: unknown, caller: Caller) {
    return adoptOrphan(this.plane, caller, input);
  }

  @Handle(api.orphans.destroy)
  destroy(input: unknown, caller: Caller) {
    return destroyOrphan(this.plane, caller, input);
  }
}
