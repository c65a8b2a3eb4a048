import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { changeRole } from '@clawster/control-plane/person/change-role';
import { disablePerson } from '@clawster/control-plane/person/disable-person';
import { enablePerson } from '@clawster/control-plane/person/enable-person';
import { listPeople } from '@clawster/control-plane/person/list-people';
import { removePerson } from '@clawster/control-plane/person/remove-person';
import { makeResetLink } from '@clawster/control-plane/password-reset/make-reset-link';
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

  @Handle(api.people.changeRole)
  changeRole(input: unknown, caller: Caller) {
    return changeRole(this.plane, caller, input);
  }

  @Handle(api.people.disable)
  disable(input: unknown, caller: Caller) {
    return disablePerson(this.plane, caller, input);
  }

  @Handle(api.people.enable)
  enable(input: unknown, caller: Caller) {
    return enablePerson(this.plane, caller, input);
  }

  @Handle(api.people.makeResetLink)
  makeResetLink(input: unknown, caller: Caller) {
    return makeResetLink(this.plane, caller, input);
  }

  @Handle(api.people.remove)
  remove(input: unknown, caller: Caller) {
    return removePerson(this.plane, caller, input);
  }
}
