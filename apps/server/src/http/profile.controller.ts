import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { changeEmail } from '@clawster/control-plane/profile/change-email';
import { changePassword } from '@clawster/control-plane/profile/change-password';
import { removeAccount } from '@clawster/control-plane/profile/remove-account';
import { rename } from '@clawster/control-plane/profile/rename';
import { Controller, Inject } from '@nestjs/common';
import type { Exchange } from './exchange.ts';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class ProfileController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.profile.rename)
  rename(input: unknown, caller: Caller) {
    return rename(this.plane, caller, input);
  }

  @Handle(api.profile.changeEmail)
  changeEmail(input: unknown, caller: Caller) {
    return changeEmail(this.plane, caller, input);
  }

  @Handle(api.profile.changePassword)
  changePassword(input: unknown, caller: Caller) {
    return changePassword(this.plane, caller, input);
  }

  @Handle(api.profile.remove)
  async remove(input: unknown, caller: Caller, exchange: Exchange) {
    return exchange.signedOut(await removeAccount(this.plane, caller, input));
  }
}
