import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { abortTurn } from '@clawster/control-plane/turn/abort-turn';
import { listMessages } from '@clawster/control-plane/turn/list-messages';
import { startTurn } from '@clawster/control-plane/turn/start-turn';
import { Controller, Inject } from '@nestjs/common';
import type { Exchange } from './exchange.ts';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class TurnController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.turns.start)
  start(input: unknown, caller: Caller, exchange: Exchange) {
    return startTurn(this.plane, caller, { input, signal: exchange.signal });
  }

  @Handle(api.turns.abort)
  abort(input: unknown, caller: Caller) {
    return abortTurn(this.plane, caller, input);
  }

  @Handle(api.turns.history)
  history(input: unknown, caller: Caller) {
    return listMessages(this.plane, caller, input);
  }
}
