import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { createServiceAccount } from '@clawster/control-plane/service-account/create-service-account';
import { deleteServiceAccount } from '@clawster/control-plane/service-account/delete-service-account';
import { disableServiceAccount } from '@clawster/control-plane/service-account/disable-service-account';
import { enableServiceAccount } from '@clawster/control-plane/service-account/enable-service-account';
import { listServiceAccounts } from '@clawster/control-plane/service-account/list-service-accounts';
import { updateServiceAccount } from '@clawster/control-plane/service-account/update-service-account';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class ServiceAccountController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.serviceAccounts.list)
  list(input: unknown, caller: Caller) {
    return listServiceAccounts(this.plane, caller, input);
  }

  @Handle(api.serviceAccounts.create)
  create(input: unknown, caller: Caller) {
    return createServiceAccount(this.plane, caller, input);
  }

  @Handle(api.serviceAccounts.update)
  update(input: unknown, caller: Caller) {
    return updateServiceAccount(this.plane, caller, input);
  }

  @Handle(api.serviceAccounts.disable)
  disable(input: unknown, caller: Caller) {
    return disableServiceAccount(this.plane, caller, input);
  }

  @Handle(api.serviceAccounts.enable)
  enable(input: unknown, caller: Caller) {
    return enableServiceAccount(this.plane, caller, input);
  }

  @Handle(api.serviceAccounts.delete)
  delete(input: unknown, caller: Caller) {
    return deleteServiceAccount(this.plane, caller, input);
  }
}
