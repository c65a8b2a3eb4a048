import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { beginSso } from '@clawster/control-plane/sso/begin-sso';
import { finishSso } from '@clawster/control-plane/sso/finish-sso';
import { listOffers } from '@clawster/control-plane/sso/list-offers';
import { removeProvider } from '@clawster/control-plane/sso/remove-provider';
import { setProvider } from '@clawster/control-plane/sso/set-provider';
import { showProvider } from '@clawster/control-plane/sso/show-provider';
import { testProvider } from '@clawster/control-plane/sso/test-provider';
import { Controller, Inject } from '@nestjs/common';
import type { Exchange } from './exchange.ts';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class SsoController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.sso.show)
  show(input: unknown, caller: Caller) {
    return showProvider(this.plane, caller, input);
  }

  @Handle(api.sso.set)
  set(input: unknown, caller: Caller) {
    return setProvider(this.plane, caller, input);
  }

  @Handle(api.sso.test)
  test(input: unknown, caller: Caller) {
    return testProvider(this.plane, caller, input);
  }

  @Handle(api.sso.remove)
  remove(input: unknown, caller: Caller) {
    return removeProvider(this.plane, caller, input);
  }

  @Handle(api.sso.offers)
  offers(input: unknown, caller: Caller) {
    return listOffers(this.plane, caller, input);
  }

  @Handle(api.sso.begin)
  async begin(input: unknown, caller: Caller, exchange: Exchange) {
    return exchange.sentAway(await beginSso(this.plane, caller, input));
  }

  @Handle(api.sso.finish)
  async finish(input: unknown, caller: Caller, exchange: Exchange) {
    const { browser } = exchange;
    const opened = await finishSso(this.plane, caller, { raw: input, browser });
    return { identity: exchange.signedIn(opened), returnTo: exchange.isBack(opened.returnTo) };
  }
}
