import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { createApiKey } from '@clawster/control-plane/api-key/create-api-key';
import { listApiKeys } from '@clawster/control-plane/api-key/list-api-keys';
import { rotateApiKey } from '@clawster/control-plane/api-key/rotate-api-key';
import { revokeApiKey } from '@clawster/control-plane/api-key/revoke-api-key';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class ApiKeyController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.apiKeys.list)
  list(input: unknown, caller: Caller) {
    return listApiKeys(this.plane, caller, input);
  }

  @Handle(api.apiKeys.create)
  create(input: unknown, caller: Caller) {
    return createApiKey(this.plane, caller, input);
  }

  @Handle(api.apiKeys.rotate)
  rotate(input: unknown, caller: Caller) {
    return rotateApiKey(this.plane, caller, input);
  }

  @Handle(api.apiKeys.revoke)
  revoke(input: unknown, caller: Caller) {
    return revokeApiKey(this.plane, caller, input);
  }
}
