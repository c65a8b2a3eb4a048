import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { askReset } from '@clawster/control-plane/password-reset/ask-reset';
import { lookUpReset } from '@clawster/control-plane/password-reset/look-up-reset';
import { showResets } from '@clawster/control-plane/password-reset/show-resets';
import { useReset } from '@clawster/control-plane/password-reset/use-reset';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class PasswordResetController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.passwordResets.show)
  show(input: unknown, caller: Caller) {
    return showResets(this.plane, caller, input);
  }

  @Handle(api.passwordResets.ask)
  ask(input: unknown, caller: Caller) {
    return askReset(this.plane, caller, input);
  }

  @Handle(api.passwordResets.lookUp)
  lookUp(input: unknown, caller: Caller) {
    return lookUpReset(this.plane, caller, input);
  }

  @Handle(api.passwordResets.use)
  use(input: unknown, caller: Caller) {
    return useReset(this.plane, caller, input);
  }
}
