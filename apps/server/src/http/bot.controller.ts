import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { adoptDrift } from '@clawster/control-plane/bot/adopt-drift';
import { cloneBot } from '@clawster/control-plane/bot/clone-bot';
import { countBots } from '@clawster/control-plane/bot/count-bots';
import { createBot } from '@clawster/control-plane/bot/create-bot';
import { destroyBot } from '@clawster/control-plane/bot/destroy-bot';
import { getBot } from '@clawster/control-plane/bot/get-bot';
import { labelBot } from '@clawster/control-plane/bot/label-bot';
import { listModelCalls } from '@clawster/control-plane/bot/list-model-calls';
import { listBots } from '@clawster/control-plane/bot/list-bots';
import { moveBot } from '@clawster/control-plane/bot/move-bot';
import { pauseBot } from '@clawster/control-plane/bot/pause-bot';
import { readLogs } from '@clawster/control-plane/bot/read-logs';
import { redeployBot } from '@clawster/control-plane/bot/redeploy-bot';
import { repairBot } from '@clawster/control-plane/bot/repair-bot';
import { restartBot } from '@clawster/control-plane/bot/restart-bot';
import { restoreBot } from '@clawster/control-plane/bot/restore-bot';
import { resumeBot } from '@clawster/control-plane/bot/resume-bot';
import { revertDrift } from '@clawster/control-plane/bot/revert-drift';
import { runDoctor } from '@clawster/control-plane/bot/run-doctor';
import { startBot } from '@clawster/control-plane/bot/start-bot';
import { stopBot } from '@clawster/control-plane/bot/stop-bot';
import { updateBot } from '@clawster/control-plane/bot/update-bot';
import { getEgress } from '@clawster/control-plane/egress/get-egress';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import type { Exchange } from './exchange.ts';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class BotController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.bots.list)
  list(input: unknown, caller: Caller) {
    return listBots(this.plane, caller, input);
  }

  @Handle(api.bots.counts)
  counts(input: unknown, caller: Caller) {
    return countBots(this.plane, caller, input);
  }

  @Handle(api.bots.get)
  get(input: unknown, caller: Caller) {
    return getBot(this.plane, caller, input);
  }

  @Handle(api.bots.egress)
  egress(input: unknown, caller: Caller) {
    return getEgress(this.plane, caller, input);
  }

  @Handle(api.bots.modelCalls)
  modelCalls(input: unknown, caller: Caller) {
    return listModelCalls(this.plane, caller, input);
  }

  @Handle(api.bots.create)
  create(input: unknown, caller: Caller) {
    return createBot(this.plane, caller, input);
  }

  @Handle(api.bots.update)
  update(input: unknown, caller: Caller) {
    return updateBot(this.plane, caller, input);
  }

  @Handle(api.bots.label)
  label(input: unknown, caller: Caller) {
    return labelBot(this.plane, caller, input);
  }

  @Handle(api.bots.start)
  start(input: unknown, caller: Caller) {
    return startBot(this.plane, caller, input);
  }

  @Handle(api.bots.stop)
  stop(input: unknown, caller: Caller) {
    return stopBot(this.plane, caller, input);
  }

  @Handle(api.bots.pause)
  pause(input: unknown, caller: Caller) {
    return pauseBot(this.plane, caller, input);
  }

  @Handle(api.bots.resume)
  resume(input: unknown, caller: Caller) {
    return resumeBot(this.plane, caller, input);
  }

  @Handle(api.bots.redeploy)
  redeploy(input: unknown, caller: Caller) {
    return redeployBot(this.plane, caller, input);
  }

  @Handle(api.bots.clone)
  clone(input: unknown, caller: Caller) {
    return cloneBot(this.plane, caller, input);
  }

  @Handle(api.bots.move)
  move(input: unknown, caller: Caller) {
    return moveBot(this.plane, caller, input);
  }

  @Handle(api.bots.restore)
  restore(input: unknown, caller: Caller) {
    return restoreBot(this.plane, caller, input);
  }

  @Handle(api.bots.restart)
  restart(input: unknown, caller: Caller) {
    return restartBot(this.plane, caller, input);
  }

  @Handle(api.bots.destroy)
  destroy(input: unknown, caller: Caller) {
    return destroyBot(this.plane, caller, input);
  }

  @Handle(api.bots.doctor)
  doctor(input: unknown, caller: Caller) {
    return runDoctor(this.plane, caller, input);
  }

  @Handle(api.bots.repair)
  repair(input: unknown, caller: Caller) {
    return repairBot(this.plane, caller, input);
  }

  @Handle(api.bots.revertDrift)
  revertDrift(input: unknown, caller: Caller) {
    return revertDrift(this.plane, caller, input);
  }

  @Handle(api.bots.adoptDrift)
  adoptDrift(input: unknown, caller: Caller) {
    return adoptDrift(this.plane, caller, input);
  }

  @Handle(api.bots.logs)
  logs(input: unknown, caller: Caller, exchange: Exchange) {
    return readLogs(this.plane, caller, { input, signal: exchange.signal });
  }
}
