import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { cancelOperation } from '@clawster/control-plane/operation/cancel-operation';
import { getOperation } from '@clawster/control-plane/operation/get-operation';
import { listOperations } from '@clawster/control-plane/operation/list-operations';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class OperationController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.operations.list)
  list(input: unknown, caller: Caller) {
    return listOperations(this.plane, caller, input);
  }

  @Handle(api.operations.get)
  get(input: unknown, caller: Caller) {
    return getOperation(this.plane, caller, input);
  }

  @Handle(api.operations.cancel)
  cancel(input: unknown, caller: Caller) {
    return cancelOperation(this.plane, caller, input);
  }
}
