import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { acceptInvitation } from '@clawster/control-plane/invitation/accept-invitation';
import { createInvitation } from '@clawster/control-plane/invitation/create-invitation';
import { listInvitations } from '@clawster/control-plane/invitation/list-invitations';
import { lookUpInvitation } from '@clawster/control-plane/invitation/look-up-invitation';
import { revokeInvitation } from '@clawster/control-plane/invitation/revoke-invitation';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import type { Exchange } from './exchange.ts';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class InvitationController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.invitations.list)
  list(input: unknown, caller: Caller) {
    return listInvitations(this.plane, caller, input);
  }

  @Handle(api.invitations.create)
  create(input: unknown, caller: Caller) {
    return createInvitation(this.plane, caller, input);
  }

  @Handle(api.invitations.revoke)
  revoke(input: unknown, caller: Caller) {
    return revokeInvitation(this.plane, caller, input);
  }

  @Handle(api.invitations.lookUp)
  lookUp(input: unknown, caller: Caller) {
    return lookUpInvitation(this.plane, caller, input);
  }

  @Handle(api.invitations.accept)
  async accept(input: unknown, caller: Caller, exchange: Exchange) {
    return exchange.signedIn(await acceptInvitation(this.plane, caller, input));
  }
}
