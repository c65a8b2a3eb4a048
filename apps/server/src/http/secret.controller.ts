import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { createSecret } from '@clawster/control-plane/secret/create-secret';
import { deleteSecret } from '@clawster/control-plane/secret/delete-secret';
import { getSecret } from '@clawster/control-plane/secret/get-secret';
import { listAccesses } from '@clawster/control-plane/secret/list-accesses';
import { listSecrets } from '@clawster/control-plane/secret/list-secrets';
import { refreshSecret } from '@clawster/control-plane/secret/refresh-secret';
import { updateSecret } from '@clawster/control-plane/secret/update-secret';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class SecretController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.secrets.list)
  list(input: unknown, caller: Caller) {
    return listSecrets(this.plane, caller, input);
  }

  @Handle(api.secrets.get)
  get(input: unknown, caller: Caller) {
    return getSecret(this.plane, caller, input);
  }

  @Handle(api.secrets.accesses)
  accesses(input: unknown, caller: Caller) {
    return listAccesses(this.plane, caller, input);
  }

  @Handle(api.secrets.create)
  create(input: unknown, caller: Caller) {
    return createSecret(this.plane, caller, input);
  }

  @Handle(api.secrets.update)
  update(input: unknown, caller: Caller) {
    return updateSecret(this.plane, caller, input);
  }

  @Handle(api.secrets.refresh)
  refresh(input: unknown, caller: Caller) {
    return refreshSecret(this.plane, caller, input);
  }

  @Handle(api.secrets.delete)
  delete(input: unknown, caller: Caller) {
    return deleteSecret(this.plane, caller, input);
  }
}
