import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { compareCosts } from '@clawster/control-plane/cost/compare-costs';
import { exportCosts } from '@clawster/control-plane/cost/export-costs';
import { forecastCosts } from '@clawster/control-plane/cost/forecast-costs';
import { importTargetCosts } from '@clawster/control-plane/cost/import-target-costs';
import { listConversationCosts } from '@clawster/control-plane/cost/list-conversation-costs';
import { listCosts } from '@clawster/control-plane/cost/list-costs';
import { listSpikes } from '@clawster/control-plane/cost/list-spikes';
import { listTargetCosts } from '@clawster/control-plane/cost/list-target-costs';
import { setTargetPrice } from '@clawster/control-plane/cost/set-target-price';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import type { Exchange } from './exchange.ts';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class CostController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.costs.list)
  list(input: unknown, caller: Caller) {
    return listCosts(this.plane, caller, input);
  }

  @Handle(api.costs.export)
  export(input: unknown, caller: Caller, exchange: Exchange) {
    return exportCosts(this.plane, caller, { input, signal: exchange.signal });
  }

  @Handle(api.costs.conversations)
  conversations(input: unknown, caller: Caller) {
    return listConversationCosts(this.plane, caller, input);
  }

  @Handle(api.costs.forecast)
  forecast(input: unknown, caller: Caller) {
    return forecastCosts(this.plane, caller, input);
  }

  @Handle(api.costs.comparison)
  comparison(input: unknown, caller: Caller) {
    return compareCosts(this.plane, caller, input);
  }

  @Handle(api.costs.spikes)
  spikes(input: unknown, caller: Caller) {
    return listSpikes(this.plane, caller, input);
  }

  @Handle(api.costs.targets)
  targets(input: unknown, caller: Caller) {
    return listTargetCosts(this.plane, caller, input);
  }

  @Handle(api.costs.setTargetPrice)
  setTargetPrice(input: unknown, caller: Caller) {
    return setTargetPrice(this.plane, caller, input);
  }

  @Handle(api.costs.importTargetCosts)
  importTargetCosts(input: unknown, caller: Caller) {
    return importTargetCosts(this.plane, caller, input);
  }
}
