import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { changeEmail } from '@clawster/control-plane/profile/change-email';
import { changePassword } from '@clawster/control-plane/profile/change-password';
import { confirmTotp } from '@clawster/control-plane/profile/confirm-totp';
import { factors } from '@clawster/control-plane/profile/factors';
import { makeRecoveryCodes } from '@clawster/control-plane/profile/make-recovery-codes';
import { offerTotp } from '@clawster/control-plane/profile/offer-totp';
import { removeTotp } from '@clawster/control-plane/profile/remove-totp';
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

  @Handle(api.profile.factors)
  factors(input: unknown, caller: Caller) {
    return factors(this.plane, caller, input);
  }

  @Handle(api.profile.offerTotp)
  offerTotp(input: unknown, caller: Caller) {
    return offerTotp(this.plane, caller, input);
  }

  @Handle(api.profile.confirmTotp)
  confirmTotp(input: unknown, caller: Caller) {
    return confirmTotp(this.plane, caller, input);
  }

  @Handle(api.profile.removeTotp)
  removeTotp(input: unknown, caller: Caller) {
    return removeTotp(this.plane, caller, input);
  }

  @Handle(api.profile.makeRecoveryCodes)
  makeRecoveryCodes(input: unknown, caller: Caller) {
    return makeRecoveryCodes(this.plane, caller, input);
  }

  @Handle(api.profile.remove)
  async remove(input: unknown, caller: Caller, exchange: Exchange) {
    return exchange.signedOut(await removeAccount(this.plane, caller, input));
  }
}
