import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { addPasskey } from '@clawster/control-plane/passkey/add-passkey';
import { askPasskey } from '@clawster/control-plane/passkey/ask-passkey';
import { listPasskeys } from '@clawster/control-plane/passkey/list-passkeys';
import { offerPasskey } from '@clawster/control-plane/passkey/offer-passkey';
import { removePasskey } from '@clawster/control-plane/passkey/remove-passkey';
import { renamePasskey } from '@clawster/control-plane/passkey/rename-passkey';
import { secondStepWithPasskey } from '@clawster/control-plane/passkey/second-step-with-passkey';
import { signInWithPasskey } from '@clawster/control-plane/passkey/sign-in-with-passkey';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import type { Exchange } from './exchange.ts';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class PasskeyController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.passkeys.list)
  list(input: unknown, caller: Caller) {
    return listPasskeys(this.plane, caller, input);
  }

  @Handle(api.passkeys.offer)
  offer(raw: unknown, caller: Caller, { origin }: Exchange) {
    return offerPasskey(this.plane, caller, { raw, origin });
  }

  @Handle(api.passkeys.add)
  add(input: unknown, caller: Caller) {
    return addPasskey(this.plane, caller, input);
  }

  @Handle(api.passkeys.rename)
  rename(input: unknown, caller: Caller) {
    return renamePasskey(this.plane, caller, input);
  }

  @Handle(api.passkeys.remove)
  remove(input: unknown, caller: Caller) {
    return removePasskey(this.plane, caller, input);
  }

  @Handle(api.passkeys.ask)
  ask(raw: unknown, caller: Caller, { origin }: Exchange) {
    return askPasskey(this.plane, caller, { raw, origin });
  }

  @Handle(api.passkeys.signIn)
  async signIn(input: unknown, caller: Caller, exchange: Exchange) {
    return exchange.signedIn(await signInWithPasskey(this.plane, caller, input));
  }

  @Handle(api.passkeys.secondStep)
  async secondStep(input: unknown, caller: Caller, exchange: Exchange) {
    return exchange.signedIn(await secondStepWithPasskey(this.plane, caller, input));
  }
}
