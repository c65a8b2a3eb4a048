import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { listBudgets } from '@clawster/control-plane/budget/list-budgets';
import { createBudget } from '@clawster/control-plane/budget/create-budget';
import { showBudget } from '@clawster/control-plane/budget/get-budget';
import { endLift, liftBudget } from '@clawster/control-plane/budget/lift-budget';
import { updateBudget } from '@clawster/control-plane/budget/update-budget';
import { deleteBudget } from '@clawster/control-plane/budget/delete-budget';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class BudgetController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.budgets.list)
  list(input: unknown, caller: Caller) {
    return listBudgets(this.plane, caller, input);
  }

  @Handle(api.budgets.create)
  create(input: unknown, caller: Caller) {
    return createBudget(this.plane, caller, input);
  }

  @Handle(api.budgets.update)
  update(input: unknown, caller: Caller) {
    return updateBudget(this.plane, caller, input);
  }

  @Handle(api.budgets.delete)
  delete(input: unknown, caller: Caller) {
    return deleteBudget(this.plane, caller, input);
  }

  @Handle(api.budgets.get)
  get(input: unknown, caller: Caller) {
    return showBudget(this.plane, caller, input);
  }

  @Handle(api.budgets.lift)
  lift(input: unknown, caller: Caller) {
    return liftBudget(this.plane, caller, input);
  }

  @Handle(api.budgets.endLift)
  endLift(input: unknown, caller: Caller) {
    return endLift(this.plane, caller, input);
  }
}
