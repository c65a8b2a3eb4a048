import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { getBotHealth } from '@clawster/control-plane/health/get-bot-health';
import { getFleetHealth } from '@clawster/control-plane/health/get-fleet-health';
import { getIncident } from '@clawster/control-plane/health/get-incident';
import { listHealth } from '@clawster/control-plane/health/list-health';
import { listBotIncidents, listIncidents } from '@clawster/control-plane/health/list-incidents';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class HealthController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.health.bots)
  bots(input: unknown, caller: Caller) {
    return listHealth(this.plane, caller, input);
  }

  @Handle(api.health.fleet)
  fleet(input: unknown, caller: Caller) {
    return getFleetHealth(this.plane, caller, input);
  }

  @Handle(api.health.bot)
  bot(input: unknown, caller: Caller) {
    return getBotHealth(this.plane, caller, input);
  }

  @Handle(api.incidents.list)
  incidents(input: unknown, caller: Caller) {
    return listIncidents(this.plane, caller, input);
  }

  @Handle(api.incidents.ofBot)
  incidentsOfBot(input: unknown, caller: Caller) {
    return listBotIncidents(this.plane, caller, input);
  }

  @Handle(api.incidents.get)
  incident(input: unknown, caller: Caller) {
    return getIncident(this.plane, caller, input);
  }
}
