import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import {
  cancelGoal,
  finishGoal,
  pauseGoal,
  planGoal,
  replanGoal,
  resumeGoal,
} from '@clawster/control-plane/goal/act-on-goal';
import { createGoal } from '@clawster/control-plane/goal/create-goal';
import { showGoal } from '@clawster/control-plane/goal/get-goal';
import { listGoals } from '@clawster/control-plane/goal/list-goals';
import { updateGoal } from '@clawster/control-plane/goal/update-goal';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { cancelTask, finishTask, retryTask } from '@clawster/control-plane/task/act-on-task';
import { teamBoard } from '@clawster/control-plane/task/team-board';
import { updateTask } from '@clawster/control-plane/task/update-task';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class GoalController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.goals.list)
  list(input: unknown, caller: Caller) {
    return listGoals(this.plane, caller, input);
  }

  @Handle(api.goals.get)
  get(input: unknown, caller: Caller) {
    return showGoal(this.plane, caller, input);
  }

  @Handle(api.goals.create)
  create(input: unknown, caller: Caller) {
    return createGoal(this.plane, caller, input);
  }

  @Handle(api.goals.update)
  update(input: unknown, caller: Caller) {
    return updateGoal(this.plane, caller, input);
  }

  @Handle(api.goals.plan)
  plan(input: unknown, caller: Caller) {
    return planGoal(this.plane, caller, input);
  }

  @Handle(api.goals.replan)
  replan(input: unknown, caller: Caller) {
    return replanGoal(this.plane, caller, input);
  }

  @Handle(api.goals.pause)
  pause(input: unknown, caller: Caller) {
    return pauseGoal(this.plane, caller, input);
  }

  @Handle(api.goals.resume)
  resume(input: unknown, caller: Caller) {
    return resumeGoal(this.plane, caller, input);
  }

  @Handle(api.goals.cancel)
  cancel(input: unknown, caller: Caller) {
    return cancelGoal(this.plane, caller, input);
  }

  @Handle(api.goals.finish)
  finish(input: unknown, caller: Caller) {
    return finishGoal(this.plane, caller, input);
  }

  @Handle(api.goals.updateTask)
  updateTask(input: unknown, caller: Caller) {
    return updateTask(this.plane, caller, input);
  }

  @Handle(api.goals.cancelTask)
  cancelTask(input: unknown, caller: Caller) {
    return cancelTask(this.plane, caller, input);
  }

  @Handle(api.goals.retryTask)
  retryTask(input: unknown, caller: Caller) {
    return retryTask(this.plane, caller, input);
  }

  @Handle(api.goals.finishTask)
  finishTask(input: unknown, caller: Caller) {
    return finishTask(this.plane, caller, input);
  }

  @Handle(api.goals.board)
  board(input: unknown, caller: Caller) {
    return teamBoard(this.plane, caller, input);
  }
}
