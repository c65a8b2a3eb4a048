import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { listPeople } from '@clawster/control-plane/person/list-people';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class PersonController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.people.list)
  list(input: unknown, caller: Caller) {
    return listPeople(this.plane, caller, input);
  }
}
