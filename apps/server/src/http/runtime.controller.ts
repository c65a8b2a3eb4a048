import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { installRuntime } from '@clawster/control-plane/runtime/install-runtime';
import { listRuntimes } from '@clawster/control-plane/runtime/list-runtimes';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class RuntimeController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.runtimes.list)
  list(input: unknown, caller: Caller) {
    return listRuntimes(this.plane, caller, input);
  }

  @Handle(api.runtimes.install)
  install(input: unknown, caller: Caller) {
    return installRuntime(this.plane, caller, input);
  }
}
