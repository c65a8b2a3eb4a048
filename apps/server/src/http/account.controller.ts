import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { changeEmail } from '@clawster/control-plane/account/change-email';
import { changePassword } from '@clawster/control-plane/account/change-password';
import { confirmTotp } from '@clawster/control-plane/account/confirm-totp';
import { factors } from '@clawster/control-plane/account/factors';
import { makeRecoveryCodes } from '@clawster/control-plane/account/make-recovery-codes';
import { offerTotp } from '@clawster/control-plane/account/offer-totp';
import { removeTotp } from '@clawster/control-plane/account/remove-totp';
import { removeAccount } from '@clawster/control-plane/account/remove-account';
import { rename } from '@clawster/control-plane/account/rename';
import { Controller, Inject } from '@nestjs/common';
import type { Exchange } from './exchange.ts';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class AccountController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.account.rename)
  rename(input: unknown, caller: Caller) {
    return rename(this.plane, caller, input);
  }

  @Handle(api.account.changeEmail)
  changeEmail(input: unknown, caller: Caller) {
    return changeEmail(this.plane, caller, input);
  }

  @Handle(api.account.changePassword)
  changePassword(input: unknown, caller: Caller) {
    return changePassword(this.plane, caller, input);
  }

  @Handle(api.account.factors)
  factors(input: unknown, caller: Caller) {
    return factors(this.plane, caller, input);
  }

  @Handle(api.account.offerTotp)
  offerTotp(input: unknown, caller: Caller) {
    return offerTotp(this.plane, caller, input);
  }

  @Handle(api.account.confirmTotp)
  confirmTotp(input: unknown, caller: Caller) {
    return confirmTotp(this.plane, caller, input);
  }

  @Handle(api.account.removeTotp)
  removeTotp(input: unknown, caller: Caller) {
    return removeTotp(this.plane, caller, input);
  }

  @Handle(api.account.makeRecoveryCodes)
  makeRecoveryCodes(input: unknown, caller: Caller) {
    return makeRecoveryCodes(this.plane, caller, input);
  }

  @Handle(api.account.remove)
  async remove(input: unknown, caller: Caller, exchange: Exchange) {
    return exchange.signedOut(await removeAccount(this.plane, caller, input));
  }
}
