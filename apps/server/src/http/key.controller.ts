import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { beginReencryption } from '@clawster/control-plane/key/begin-reencryption';
import { beginRewrap } from '@clawster/control-plane/key/begin-rewrap';
import { getKeyJob } from '@clawster/control-plane/key/get-key-job';
import { listKeys } from '@clawster/control-plane/key/list-keys';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class KeyController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.keys.list)
  list(input: unknown, caller: Caller) {
    return listKeys(this.plane, caller, input);
  }

  @Handle(api.keys.rewrap)
  rewrap(input: unknown, caller: Caller) {
    return beginRewrap(this.plane, caller, input);
  }

  @Handle(api.keys.reencrypt)
  reencrypt(input: unknown, caller: Caller) {
    return beginReencryption(this.plane, caller, input);
  }

  @Handle(api.keys.getJob)
  getJob(input: unknown, caller: Caller) {
    return getKeyJob(this.plane, caller, input);
  }
}
