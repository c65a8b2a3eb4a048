import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { cancelDelegation } from '@clawster/control-plane/delegation/cancel-delegation';
import { createDelegation } from '@clawster/control-plane/delegation/create-delegation';
import { getDelegation } from '@clawster/control-plane/delegation/get-delegation';
import { listDelegations } from '@clawster/control-plane/delegation/list-delegations';
import { retryDelegation } from '@clawster/control-plane/delegation/retry-delegation';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class DelegationController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.delegations.list)
  list(input: unknown, caller: Caller) {
    return listDelegations(this.plane, caller, input);
  }

  @Handle(api.delegations.get)
  get(input: unknown, caller: Caller) {
    return getDelegation(this.plane, caller, input);
  }

  @Handle(api.delegations.create)
  create(input: unknown, caller: Caller) {
    return createDelegation(this.plane, caller, input);
  }

  @Handle(api.delegations.cancel)
  cancel(input: unknown, caller: Caller) {
    return cancelDelegation(this.plane, caller, input);
  }

  @Handle(api.delegations.retry)
  retry(input: unknown, caller: Caller) {
    return retryDelegation(this.plane, caller, input);
  }
}
