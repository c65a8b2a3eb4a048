import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { exportEvents } from '@clawster/control-plane/event/export-events';
import { listEvents } from '@clawster/control-plane/event/list-events';
import { streamEvents } from '@clawster/control-plane/event/stream-events';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import type { Exchange } from './exchange.ts';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class EventController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.events.list)
  list(input: unknown, caller: Caller) {
    return listEvents(this.plane, caller, input);
  }

  @Handle(api.events.export)
  export(input: unknown, caller: Caller, exchange: Exchange) {
    return exportEvents(this.plane, caller, { input, signal: exchange.signal });
  }

  @Handle(api.events.stream)
  stream(input: unknown, caller: Caller, exchange: Exchange) {
    return streamEvents(this.plane, caller, { input, signal: exchange.signal });
  }
}
